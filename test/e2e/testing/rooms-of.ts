import type { UsherApi } from '../../../cli/api/usher-api.ts';
import { exitCodes, UsherError } from '../../../common/errors.ts';

/** A room key, `/name`, that nobody asked for yet and that would be seated on `shard`. */
export async function newRoomOn(api: UsherApi, shard: string, prefix: string): Promise<string> {
  for (let number = 0; number < 200; number += 1) {
    const room = `/${prefix}-${number}`;
    if ((await api.explainRoom(room)).preferred === shard) return room;
  }
  throw new Error(`no room of 200 would be seated on ${shard}`);
}

/** Whether the room is seated. */
export async function isSeated(api: UsherApi, room: string): Promise<boolean> {
  return (await seatOf(api, room)) !== undefined;
}

/** The incarnation that a room sits on; undefined when it sits nowhere. */
export async function seatOf(api: UsherApi, room: string): Promise<string | undefined> {
  try {
    return (await api.room(room)).shard;
  } catch (error) {
    if (error instanceof UsherError && error.exitCode === exitCodes.usage) return undefined;
    throw error;
  }
}

/** How many of a run's rooms sit on each shard. */
export function countByShard(
  outcomes: readonly { shards: readonly (string | undefined)[] }[],
): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { shards } of outcomes) {
    const shard = shards[0] ?? 'none';
    counts[shard] = (counts[shard] ?? 0) + 1;
  }
  return counts;
}
