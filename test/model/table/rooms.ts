import type { Rules } from '../rules.ts';
import type { Shard, World } from '../world.ts';
import { emit, openOperation } from './operations.ts';

/** Places a room and tells every proxy of it. */
export function seat(world: World, room: number, shard: Shard): void {
  world.table.placements[room] = { shard, state: 'seated', operation: null };
  emit(world, { type: 'seat', room, shard });
}

/** claim.lua: seats a room on its bucket's preferred shard, or returns where it already sits. */
export function claim(world: World, room: number): Shard {
  const placement = world.table.placements[room];
  if (!placement) {
    seat(world, room, world.table.preference);
    return world.table.preference;
  }
  if (placement.state !== 'seated') seat(world, room, placement.shard);
  return placement.shard;
}

/** observe.lua, `lingering`: censuses have not shown the room for a while. They may be old: nothing rests on them. */
export function observeLingering(world: World, room: number): void {
  const placement = world.table.placements[room];
  if (placement) placement.state = 'lingering';
}

/** observe.lua, `live`: a census shows the room. */
export function observeLive(world: World, room: number): void {
  const placement = world.table.placements[room];
  if (placement) seat(world, room, placement.shard);
}

/** retire.lua: every proxy marks the room `?`, so that each request for it must claim. */
export function retire(world: World, room: number, operation: string): void {
  const placement = world.table.placements[room];
  if (!placement) return;
  world.table.placements[room] = { ...placement, state: 'retiring', operation };
  openOperation(world, operation, 'tombstone');
  emit(world, { type: 'tombstone', operation, room });
}

/** delete.lua: what is still retiring under this operation loses its placement. */
export function deletePlacement(world: World, room: number, operation: string, rules: Rules): boolean {
  const placement = world.table.placements[room];
  const retiring = placement?.state === 'retiring' && placement.operation === operation;
  if (!placement || (rules.deleteChecksState && !retiring)) return false;
  world.table.placements[room] = null;
  emit(world, { type: 'deleted', room });
  return true;
}

/** adopt.lua: a census shows a room that the table does not know, on its bucket's preferred shard. */
export function adopt(world: World, room: number, shard: Shard): boolean {
  const held = world.table.operations.some(({ phase }) => phase === 'hold');
  if (held || world.table.placements[room] || world.table.preference !== shard) return false;
  seat(world, room, shard);
  return true;
}
