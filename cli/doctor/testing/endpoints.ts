import { breweryJid } from '../../../shards/domains.ts';
import type { ShardEndpoints } from '../../../shards/driver.ts';
import type { TestProsody } from '../../../shards/local/prosody/test-prosody.ts';

/** Nobody listens there. */
const nowhere = 'http://127.0.0.1:1';

/** The shard eu-1 of which only Prosody runs. */
export function endpointsOf({ settings, url, domains }: TestProsody): ShardEndpoints {
  return {
    name: settings.shard,
    region: settings.region,
    web: nowhere,
    prosodyHttp: url,
    prosodyC2s: { host: '127.0.0.1', port: settings.c2sPort },
    jicofo: nowhere,
    bridges: [],
    domains,
    brewery: { user: 'jvb', password: 'jvb', jid: breweryJid(domains) },
    startedAt: Date.now(),
  };
}
