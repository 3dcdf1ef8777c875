import { splitHostPort } from '../../haproxy/config/address.ts';
import type { Control } from '../control/control.ts';
import { readRooms } from '../rooms/read-rooms.ts';
import type { KnownShard } from './merge-shards.ts';

/** The censuses that could be read, by shard name, and why others could not, by `shard <name>`. */
export interface CensusesRead {
  censuses: Map<string, Map<string, number>>;
  unread: Map<string, string>;
}

/** The censuses of the shards that proxies serve; one without an overlay cannot be asked, its rooms stay by the maps. */
export async function readCensuses(
  control: Control,
  names: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<CensusesRead> {
  const censuses = new Map<string, Map<string, number>>();
  const unread = new Map<string, string>();
  const read = [...names].map(async (name) => {
    const watched = control.shards.get(name);
    if (!watched) return;
    if (!watched.endpoints) {
      unread.set(`shard ${name}`, 'it has not been found yet');
      return;
    }
    const census = await readRooms(watched.endpoints, signal);
    if (census.ok) censuses.set(name, census.rooms);
    else unread.set(`shard ${name}`, census.reason);
  });
  await Promise.all(read);
  return { censuses, unread };
}

/** What this orchestrator knows of its shards without the table. */
export function knownShards(control: Control): KnownShard[] {
  return [...control.shards.values()].flatMap(({ spec, endpoints, health }) => {
    if (!endpoints) return [];
    return [{ spec, address: splitHostPort(new URL(endpoints.web).host), health }];
  });
}
