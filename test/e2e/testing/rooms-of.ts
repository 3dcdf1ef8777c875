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
  try {
    await api.room(room);
    return true;
  } catch (error) {
    if (error instanceof UsherError && error.exitCode === exitCodes.usage) return false;
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
