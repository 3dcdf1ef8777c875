import type { Rules } from '../rules.ts';
import { otherShard, type Shard } from '../shards.ts';
import type { World } from '../world.ts';
import { emit, enterPhase, finish, openMove, openOperation } from './operations.ts';
import { incarnationOf, type Operation, type ShardRecord, usable } from './table.ts';

/** shard-out.lua: the shard looks down. Its slot goes from every proxy and its sessions are shut; nobody moves yet. */
export function shardOut(world: World, id: string, shard: Shard): void {
  putShard(world, shard, { admitted: false });
  openOperation(world, { id, kind: 'shard-down', phase: 'out', shard });
  emit(world, { type: 'out', operation: id, shard });
}

/** shard-up.lua: it was well again before anybody was seated anew: the same incarnation goes on. */
export function shardUp(world: World, operation: Operation, shard: Shard): void {
  finish(world, operation.id);
  admit(world, shard);
}

/**
 * shard-down.lua: in one script its incarnation ends and its bucket prefers the other shard, whatever move the
 * bucket was in. Its rooms are claimed anew one by one.
 */
export function shardDown(world: World, operation: Operation, shard: Shard, rules: Rules): void {
  const { table } = world;
  const incarnation = table.shards[shard].incarnation + (rules.newIncarnation ? 1 : 0);
  putShard(world, shard, { observed: 'down', incarnation });
  enterPhase(operation, 'release');
  const other = otherShard(shard);
  const takesOver = table.preference === shard && usable(table, other);
  if (takesOver) {
    const move = openMove(world);
    if (move) finish(world, move.id);
    table.preference = other;
  }
  const prefer = takesOver ? incarnationOf(table, other) : null;
  emit(world, { type: 'down', operation: operation.id, shard: prefer });
}

/** put-shard.lua: ready again, the shard is admitted as the incarnation that it is now. */
export function admit(world: World, shard: Shard): void {
  putShard(world, shard, { admitted: true, observed: 'ready' });
  emit(world, { type: 'up', shard: incarnationOf(world.table, shard) });
}

/** take-out.lua: before a drained shard is deleted, its slot goes from every proxy. */
export function takeOut(world: World, id: string, shard: Shard): void {
  putShard(world, shard, { admitted: false });
  openOperation(world, { id, kind: 'take-out', phase: 'out', shard });
  emit(world, { type: 'out', operation: id, shard });
}

/** put-shard.lua: the shard's incarnation is dead for good. */
export function removeShard(world: World, operation: Operation, shard: Shard): void {
  putShard(world, shard, { removed: true });
  finish(world, operation.id);
}

function putShard({ table }: World, shard: Shard, over: Partial<ShardRecord>): void {
  table.shards[shard] = { ...table.shards[shard], ...over };
}
