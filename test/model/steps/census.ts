import { type Incarnation, type Shard, shards } from '../shards.ts';
import { incarnationOf } from '../table/table.ts';
import type { World } from '../world.ts';

/** The shards that show the room in their censuses, those with ghosts first: a census cannot tell them apart. */
export function shownOn(world: World, room: number): Set<Shard> {
  const shown = new Set<Shard>();
  for (const shard of shards) if (world.prosodies[shard].ghosts[room]) shown.add(shard);
  for (const one of world.participants) {
    if (one.at === 'meeting' && one.room === room) shown.add(one.shard);
  }
  return shown;
}

/** Where the rooms are by the censuses of all shards that have not been given up. */
export function readCensuses(world: World): (Incarnation | null)[] {
  const { table } = world;
  return table.placements.map((_, room) => {
    const shown = [...shownOn(world, room)].find((shard) => table.shards[shard].admitted);
    return shown ? incarnationOf(table, shown) : null;
  });
}

/** Does the shard's census show no room at all? */
export function isEmpty(world: World, shard: Shard): boolean {
  return world.lateClaims.every((_, room) => !shownOn(world, room).has(shard));
}

/**
 * Is somebody on the way to this incarnation who was routed and does not show yet? A census that begins G after a
 * moment shows everybody who was routed before it, so it waits for these.
 */
export function isOnTheWay(world: World, room: number, shard: Incarnation): boolean {
  return world.participants.some(
    (one) =>
      (one.at === 'asking' && one.room === room && one.answer === shard) ||
      (one.at === 'falling' && one.room === room && one.bucket === shard) ||
      (one.at === 'routed' && one.room === room && one.to === shard),
  );
}

/** Is anybody on the way to anywhere? */
export function isAnybodyOnTheWay(world: World): boolean {
  return world.participants.some(
    (one) =>
      one.at === 'routed' ||
      (one.at === 'asking' && one.answer !== null) ||
      (one.at === 'falling' && one.bucket !== null),
  );
}
