import type { Rules } from '../rules.ts';
import { otherShard, type Shard, shards } from '../shards.ts';
import { allAcked, finish, openMove } from '../table/operations.ts';
import { admit, removeShard, shardDown, shardOut, shardUp, takeOut } from '../table/shards.ts';
import { incarnationOf, type Operation, usable } from '../table/table.ts';
import type { World } from '../world.ts';
import { isAnybodyOnTheWay, isEmpty } from './census.ts';
import type { Step } from './step.ts';

/** The orchestrator's next steps with shards that look down, and with drained ones that are to be removed. */
export function* shardSteps(world: World, rules: Rules): Generator<Step> {
  for (const shard of shards) {
    const operation = world.table.operations.find((one) => one.kind !== 'move' && one.shard === shard);
    if (operation?.kind === 'shard-down') yield* goesDown(world, operation, shard, rules);
    else if (operation) yield* isTakenOut(world, operation, shard, rules);
    else yield* begins(world, shard, rules);
  }
}

function* begins(world: World, shard: Shard, rules: Rules): Generator<Step> {
  const { table, looksDown } = world;
  const { observed, removed } = table.shards[shard];
  if (looksDown === shard && usable(table, shard)) {
    yield {
      story: `shard ${shard} looks down: the orchestrator takes it out`,
      take: (next) => shardOut(next, 'shard-down', shard),
    };
  }
  const mayReturn = looksDown !== shard && (!rules.returnsEmpty || isEmpty(world, shard));
  if (observed === 'down' && !removed && mayReturn) {
    const as = incarnationOf(table, shard);
    yield {
      story: `shard ${shard} is well and empty: it returns as ${as}`,
      take: (next) => admit(next, shard),
    };
  }
  if (world.removalsLeft > 0 && isDrained(world, shard, rules)) {
    yield {
      story: `shard ${shard} is drained: it is taken out`,
      take(next) {
        next.removalsLeft -= 1;
        takeOut(next, 'take-out', shard);
      },
    };
  }
}

function* goesDown(world: World, operation: Operation, shard: Shard, rules: Rules): Generator<Step> {
  const { state } = world.prosodies[shard];
  if (operation.phase === 'release') {
    if (allAcked(operation)) {
      yield { story: `shard ${shard} is down for all`, take: (next) => finish(next, operation.id) };
    }
    return;
  }
  if (world.looksDown !== shard) {
    yield {
      story: `shard ${shard} is well again before anybody was seated anew`,
      take: (next) => withOwn(next, (own) => shardUp(next, own, shard)),
    };
  }
  // Nobody else would take its new rooms: they wait.
  if (world.table.preference === shard && !usable(world.table, otherShard(shard))) return;
  if (!rules.downNeedsAcks || allAcked(operation)) {
    yield {
      story: `shard ${shard} is down: its rooms may be claimed anew`,
      take: (next) => withOwn(next, (own) => shardDown(next, own, shard, rules)),
    };
  } else if (state === 'died') {
    yield {
      story: `shard ${shard} is proved destroyed: its rooms may be claimed anew`,
      take(next) {
        next.prosodies[shard] = { ...next.prosodies[shard], state: 'gone' };
        withOwn(next, (own) => shardDown(next, own, shard, rules));
      },
    };
  }
}

/** step-take-out.ts */
function* isTakenOut(world: World, operation: Operation, shard: Shard, rules: Rules): Generator<Step> {
  if (!allAcked(operation) || isAnybodyOnTheWay(world)) return;
  if (!rules.removeNeedsDrain || isEmpty(world, shard)) {
    yield {
      story: `shard ${shard} is removed`,
      take: (next) => removeShard(next, operation, shard),
    };
  } else {
    yield {
      story: `the last census of shard ${shard} shows somebody: it is put back`,
      take(next) {
        admit(next, shard);
        finish(next, operation.id);
      },
    };
  }
}

/** drain-status.ts: nobody is on it and nobody can come, by the table and by censuses, which may be old. */
function isDrained(world: World, shard: Shard, rules: Rules): boolean {
  const { table } = world;
  const own = incarnationOf(table, shard);
  if (!usable(table, shard) || table.preference === shard || openMove(world)) return false;
  if (!rules.removeNeedsDrain) return true;
  return table.placements.every((placement) => placement?.shard !== own) && isEmpty(world, shard);
}

function withOwn(world: World, change: (operation: Operation) => void): void {
  const operation = world.table.operations.find(({ kind }) => kind === 'shard-down');
  if (operation) change(operation);
}
