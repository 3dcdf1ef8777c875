import { z } from 'zod';
import type { ProcessSpec } from '../../../../shards/local/process/process-directory.ts';
import { webProcess } from '../../../../shards/local/web/web.ts';
import { domainsEnvironment, domainsOf } from './domains.ts';
import { type ContainerToRun, readEnvironment } from './runner.ts';

const webEnvironment = z.object({
  ...domainsEnvironment.shape,
  /** Of Prosody. */
  XMPP_BOSH_URL_BASE: z.url(),
  DEPLOYMENTINFO_SHARD: z.string().min(1),
  DEPLOYMENTINFO_REGION: z.string().min(1),
});

/** nginx with the pages of local shards, on port 8000 of the pod. */
export function runWeb(run: ContainerToRun): ProcessSpec {
  const environment = readEnvironment(webEnvironment, run.environment);
  const prosody = new URL(environment.XMPP_BOSH_URL_BASE);
  return webProcess({
    shard: environment.DEPLOYMENTINFO_SHARD,
    region: environment.DEPLOYMENTINFO_REGION,
    domains: domainsOf(environment),
    directory: run.directory,
    host: run.podIp,
    port: 8000,
    prosodyHost: run.resolve(prosody.hostname),
    prosodyHttpPort: Number(prosody.port || 80),
    jicofoHost: run.resolve('jicofo'),
    jicofoPort: 8888,
  });
}
