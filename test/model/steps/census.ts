import type { Shard, World } from '../world.ts';

/** The shards that show the room in their censuses. */
export function shownOn(world: World, room: number): Set<Shard> {
  const shards = new Set<Shard>();
  for (const participant of world.participants) {
    if (participant.at === 'meeting' && participant.room === room) shards.add(participant.shard);
  }
  return shards;
}

/**
 * Is somebody on the way to this shard who was routed and does not show yet? A census that begins G after a
 * moment shows everybody who was routed before it, so it waits for these.
 */
export function isOnTheWay(world: World, room: number, shard: Shard): boolean {
  return world.participants.some(
    (one) =>
      (one.at === 'asking' && one.room === room && one.answer === shard) ||
      (one.at === 'falling' && one.room === room && one.bucket === shard),
  );
}
