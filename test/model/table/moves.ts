import type { Rules } from '../rules.ts';
import type { Shard } from '../shards.ts';
import type { World } from '../world.ts';
import { emit, enterPhase, openOperation } from './operations.ts';
import { holds, seat } from './rooms.ts';
import { incarnationOf, type Operation, usable } from './table.ts';

/**
 * hold.lua: every proxy stops falling back in the bucket; claims go on as before.
 *
 * @param pin the room that is to be seated on the target; the bucket stays where it is
 */
export function hold(world: World, id: string, to: Shard, pin: number | null): void {
  openOperation(world, { id, kind: 'move', phase: 'hold', shard: to, pin });
  emit(world, { type: 'hold', operation: id });
}

/**
 * flip.lua: in one script the shown rooms are adopted where they are, and the bucket prefers its new shard, or the
 * pinned room is placed if it has no place yet.
 */
export function flip(world: World, operation: Operation, rules: Rules): void {
  const { table } = world;
  const { id, shard, pin, shown } = operation;
  if (!table.preference || !usable(table, shard)) return;
  for (const [room, where] of shown.entries()) {
    if (rules.flipAdopts && where && !holds(table, table.placements[room], rules)) seat(world, room, where);
  }
  if (pin === null) table.preference = shard;
  else if (!holds(table, table.placements[pin], rules)) seat(world, pin, incarnationOf(table, shard));
  enterPhase(operation, 'release');
  emit(world, { type: 'prefer', operation: id, shard: incarnationOf(table, table.preference) });
}

/** cancel.lua: the old preference is released again. */
export function cancel(world: World, operation: Operation): void {
  const { table } = world;
  if (!table.preference) return;
  enterPhase(operation, 'release');
  emit(world, { type: 'prefer', operation: operation.id, shard: incarnationOf(table, table.preference) });
}
