import type { Rules } from '../rules.ts';
import type { Operation, Shard, World } from '../world.ts';
import { emit, enterPhase, openOperation } from './operations.ts';
import { seat } from './rooms.ts';

/** hold.lua: every proxy stops falling back in the bucket; claims go on as before. */
export function hold(world: World, id: string, to: Shard): void {
  openOperation(world, id, 'hold', to);
  emit(world, { type: 'hold', operation: id });
}

/** flip.lua: in one script the shown rooms are adopted where they are and the bucket prefers its new shard. */
export function flip(world: World, operation: Operation, rules: Rules): void {
  if (!operation.to) return;
  for (const [room, shard] of operation.shown.entries()) {
    if (rules.flipAdopts && shard && !world.table.placements[room]) seat(world, room, shard);
  }
  world.table.preference = operation.to;
  enterPhase(operation, 'release');
  emit(world, { type: 'prefer', operation: operation.id, shard: operation.to });
}

/** cancel.lua: the old preference is released again. */
export function cancel(world: World, operation: Operation): void {
  enterPhase(operation, 'release');
  emit(world, { type: 'prefer', operation: operation.id, shard: world.table.preference });
}
