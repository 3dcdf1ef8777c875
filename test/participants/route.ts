import { Agent } from 'node:http';
import type { RoomAddress } from './room-address.ts';
import { askConfig } from './session.ts';

/** Where a proxy sent a room's request. */
export interface RouteSighting {
  readonly proxy: string;
  /** When it was asked, in milliseconds since the epoch. */
  readonly at: number;
  /** By the web's X-Jitsi-Shard; undefined when the proxy refused or did not answer. */
  readonly shard: string | undefined;
}

/** Asks each proxy for the room's configuration, as another browser would. */
export async function askRoutes(
  room: RoomAddress,
  proxies: readonly string[],
  signal: AbortSignal,
): Promise<RouteSighting[]> {
  const agent = new Agent();
  return Promise.all(
    proxies.map(async (proxy) => {
      const at = Date.now();
      const shard = await askConfig(proxy, room, agent, signal).catch(() => undefined);
      return { proxy, at, shard };
    }),
  );
}
