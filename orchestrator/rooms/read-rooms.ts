import { roomKeyOfJid } from '../../haproxy/room-key/jid-room.ts';
import { readCensus } from '../../shards/census/read-census.ts';
import type { ShardEndpoints } from '../../shards/driver.ts';
import type { ProbeFailure } from '../../shards/probes/probe.ts';

/** A shard's live rooms by its census: room key -> participants, and when each was created, as far as the shard says. */
export async function readRooms(
  endpoints: ShardEndpoints,
  signal: AbortSignal,
): Promise<
  { ok: true; rooms: Map<string, number>; createdAt: Map<string, number | undefined> } | ProbeFailure
> {
  const census = await readCensus(endpoints.prosodyHttp, endpoints.domains.main, signal);
  if (!census.ok) return census;
  const rooms = new Map<string, number>();
  const createdAt = new Map<string, number | undefined>();
  for (const { jid, participants, createdAt: at } of census.rooms) {
    const key = roomKeyOfJid(jid);
    if (key === undefined) continue;
    rooms.set(key, participants);
    createdAt.set(key, at);
  }
  return { ok: true, rooms, createdAt };
}
