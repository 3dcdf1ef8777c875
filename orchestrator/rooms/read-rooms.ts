import { roomKeyOfJid } from '../../haproxy/room-key/jid-room.ts';
import { readCensus } from '../../shards/census/read-census.ts';
import type { ShardEndpoints } from '../../shards/driver.ts';
import type { ProbeFailure } from '../../shards/probes/probe.ts';

/** A shard's live rooms by its census: room key -> participants. */
export async function readRooms(
  endpoints: ShardEndpoints,
  signal: AbortSignal,
): Promise<{ ok: true; rooms: Map<string, number> } | ProbeFailure> {
  const census = await readCensus(endpoints.prosodyHttp, endpoints.domains.main, signal);
  if (!census.ok) return census;
  const rooms = new Map<string, number>();
  for (const { jid, participants } of census.rooms) {
    const key = roomKeyOfJid(jid);
    if (key !== undefined) rooms.set(key, participants);
  }
  return { ok: true, rooms };
}
