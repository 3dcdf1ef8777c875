import { messageOf } from '../../../common/errors.ts';
import { urlToReach } from '../../../haproxy/config/address.ts';
import type { ProxySettings } from '../../../haproxy/config/schema.ts';
import { readMapFile } from '../../../haproxy/maps/map-file.ts';
import { shardNameOf } from '../../../haproxy/stick-table/records.ts';
import { type FleetPaths, proxyDirectory } from '../../../orchestrator/local-fleet/paths.ts';
import type { ShardEndpoints } from '../../../shards/driver.ts';
import { ask } from '../../../shards/probes/ask.ts';
import { readShardIdentity } from '../../../shards/probes/shard-identity.ts';
import { probeWeb } from '../../../shards/probes/web.ts';
import { breweryAccount } from '../brewery-account.ts';
import type { Check } from '../check.ts';
import { error, type Finding, warn } from '../finding.ts';

const endless = 'clients compare the two and reload for ever';
/** Proxies are asked for a room of each shard; files of a million rooms are read no further than this. */
const entriesRead = 20_000;

/** Does every shard carry one name: by its web, by Prosody, and by way of each proxy? */
export const identityCheck: Check = {
  name: 'identity',
  about: 'each shard has one name, by its web, by Prosody and through each proxy',
  live: true,
  async run({ fleet, paths, shards }, signal) {
    const known = shards.ok ? shards.value : [];
    const findings = await Promise.all([
      ...known.flatMap((shard) => [judgeWeb(shard, signal), judgeXmpp(shard, signal)]),
      ...fleet.proxies.map((proxy) => judgeProxy(proxy, paths, signal)),
    ]);
    return findings.flat();
  },
};

async function judgeWeb({ name, web }: ShardEndpoints, signal: AbortSignal): Promise<Finding[]> {
  const probe = await probeWeb(web, name, signal);
  if (probe.ok) return [];
  return [error(`web of ${name}`, probe.reason, `its web must answer, and name ${name}: ${endless}`)];
}

async function judgeXmpp(shard: ShardEndpoints, signal: AbortSignal): Promise<Finding[]> {
  const where = `Prosody of ${shard.name}`;
  try {
    const named = await readShardIdentity(breweryAccount(shard), shard.domains.main, signal);
    if (named === shard.name) return [];
    const what = `names itself ${named ?? 'nothing'}, expected ${shard.name}`;
    return [error(where, what, `set shard_name to what X-Jitsi-Shard says: ${endless}`)];
  } catch (fault) {
    return [
      warn(where, `its name cannot be asked: ${messageOf(fault)}`, 'see the checks shards and credentials'),
    ];
  }
}

/** Asks a proxy for one seated room of each shard: its map leads it, so nothing is claimed. */
async function judgeProxy(proxy: ProxySettings, paths: FleetPaths, signal: AbortSignal): Promise<Finding[]> {
  const [address] = proxy.bind;
  const rooms = await roomOfEachShard(proxyDirectory(paths, proxy.name));
  const asked = [...rooms].map(async ([incarnation, room]) => {
    const shard = shardNameOf(incarnation);
    const where = `${proxy.name}, room ${room}`;
    const [tenant, name] = room.split('/');
    const url = `${address ? urlToReach(address) : ''}${tenant ? `/${tenant}` : ''}/config.js?room=${name}`;
    const answer = await ask(url, signal);
    if (!answer.ok) return [error(where, answer.reason, 'see the check sockets')];
    const named = answer.headers['x-jitsi-shard'];
    if (named === shard) return [];
    const reason = answer.headers['x-usher-reason'];
    const what = `status ${answer.status}${reason ? `, ${reason}` : ''}: X-Jitsi-Shard is ${named ?? 'missing'}, expected ${shard}`;
    return [error(where, what, 'see the checks drift and shards')];
  });
  return (await Promise.all(asked)).flat();
}

/** By incarnation, a room that the proxy's map file leads there. */
async function roomOfEachShard(directory: string): Promise<Map<string, string>> {
  const rooms = new Map<string, string>();
  const slots = new Set<string>();
  const ignore = () => undefined;
  for await (const [slot] of readMapFile(directory, 'slots', ignore)) slots.add(slot);
  let read = 0;
  for await (const [room, incarnation] of readMapFile(directory, 'rooms', ignore)) {
    read += 1;
    if (read > entriesRead || rooms.size === slots.size) break;
    if (slots.has(incarnation)) rooms.set(incarnation, room);
  }
  return rooms;
}
