import type { Rules } from '../rules.ts';
import { type Incarnation, type Shard, shardOf } from '../shards.ts';
import type { World } from '../world.ts';
import { emit, isOnHold, openOperation } from './operations.ts';
import { incarnationOf, type Placement, type Table, usable } from './table.ts';

/** Places a room and tells every proxy of it. */
export function seat(world: World, room: number, shard: Incarnation): void {
  world.table.placements[room] = { shard, state: 'seated', operation: null };
  emit(world, { type: 'seat', room, shard });
}

/** shared.lua: is the placement's incarnation the present one of a shard that is there, or about to go? */
export function holds(table: Table, placement: Placement | null | undefined, rules: Rules): boolean {
  if (!placement) return false;
  const shard = shardOf(placement.shard);
  if (incarnationOf(table, shard) !== placement.shard || table.shards[shard].removed) return false;
  return rules.outStillHolds ? table.shards[shard].observed !== 'down' : usable(table, shard);
}

/**
 * claim.lua: seats a room on its bucket's preferred shard, or returns where it already sits. Null: refused, which
 * is no answer.
 */
export function claim(world: World, room: number, rules: Rules): Incarnation | null {
  const { table } = world;
  if (rules.unblessedRefuses && !table.blessed) return null;
  const placement = table.placements[room];
  if (placement && holds(table, placement, rules)) {
    if (placement.state !== 'seated') seat(world, room, placement.shard);
    return placement.shard;
  }
  if (!usable(table, table.preference)) return null;
  const shard = incarnationOf(table, table.preference);
  seat(world, room, shard);
  return shard;
}

/** observe.lua, `lingering`: censuses have not shown the room for a while. They may be old: nothing rests on them. */
export function observeLingering(world: World, room: number): void {
  const placement = world.table.placements[room];
  if (placement?.state === 'seated') world.table.placements[room] = { ...placement, state: 'lingering' };
}

/** observe.lua, `live`: a census shows the room. */
export function observeLive(world: World, room: number): void {
  const placement = world.table.placements[room];
  if (placement && placement.state !== 'seated') seat(world, room, placement.shard);
}

/** retire.lua: every proxy marks the room `?`, so that each request for it must claim. */
export function retire(world: World, room: number, operation: string): void {
  const placement = world.table.placements[room];
  if (placement?.state !== 'lingering') return;
  world.table.placements[room] = { ...placement, state: 'retiring', operation };
  openOperation(world, { id: operation, kind: 'retire', phase: 'tombstone' });
  emit(world, { type: 'tombstone', operation, room });
}

/** delete.lua: what is still retiring under this operation loses its placement. */
export function deletePlacement(world: World, room: number, operation: string, rules: Rules): void {
  const placement = world.table.placements[room];
  const retiring = placement?.state === 'retiring' && placement.operation === operation;
  if (!placement || (rules.deleteChecksState && !retiring)) return;
  world.table.placements[room] = null;
  emit(world, { type: 'deleted', room });
}

/** collect.lua: a placement on a life that is over leads nowhere, so that no tombstone is needed. */
export function collect(world: World, room: number, rules: Rules): void {
  const { table } = world;
  if (!table.placements[room] || holds(table, table.placements[room], rules)) return;
  table.placements[room] = null;
  emit(world, { type: 'deleted', room });
}

/** adopt.lua: a census shows a room that the table does not know, on its bucket's preferred shard. */
export function adopt(world: World, room: number, shard: Shard, rules: Rules): void {
  const { table } = world;
  if (isOnHold(world) || table.preference !== shard || !usable(table, shard)) return;
  if (!holds(table, table.placements[room], rules)) seat(world, room, incarnationOf(table, shard));
}
