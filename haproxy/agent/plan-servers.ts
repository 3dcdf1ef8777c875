import { hostPort } from '../config/address.ts';
import type { ServerStatus } from '../runtime/servers.ts';
import type { StickTableMirror } from '../stick-table/mirror.ts';
import { incarnationOf } from '../stick-table/records.ts';
import { hasSlot } from './desired-maps.ts';

/** A server as HAProxy's configuration and runtime know it. */
export interface KnownServer {
  /** The shard's incarnation. */
  name: string;
  id: number;
  host: string;
  port: number;
}

/** A server as a proxy must have it. */
export interface ProxyServer extends KnownServer {
  /** Does a slot name it? One that none names gets no page either, and has no session. */
  inService: boolean;
}

/** The servers that a proxy must have: one for every shard that was not removed, by name. */
export function desiredServers(mirror: StickTableMirror): ProxyServer[] {
  return [...mirror.shards.values()]
    .filter((shard) => !shard.removed)
    .map((shard) => ({
      ...{ name: incarnationOf(shard), id: shard.serverId, ...shard.address },
      inService: hasSlot(shard),
    }))
    .toSorted((a, b) => a.id - b.id);
}

/** Which servers to add and to remove. One whose address or number differs is removed and added anew. */
export function planServers(
  desired: readonly ProxyServer[],
  present: readonly ServerStatus[],
): { add: ProxyServer[]; remove: string[] } {
  const same = (server: ProxyServer, status: ServerStatus) =>
    status.name === server.name && status.id === server.id && status.address === hostPort(server);
  return {
    add: desired.filter((server) => !present.some((status) => same(server, status))),
    remove: present
      .filter((status) => !desired.some((server) => same(server, status)))
      .map(({ name }) => name),
  };
}
