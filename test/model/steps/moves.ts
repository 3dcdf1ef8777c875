import type { Rules } from '../rules.ts';
import { otherShard, shards } from '../shards.ts';
import { cancel, flip, hold } from '../table/moves.ts';
import { allAcked, finish, openMove, openOperation } from '../table/operations.ts';
import { type Operation, usable } from '../table/table.ts';
import type { World } from '../world.ts';
import { isAnybodyOnTheWay, readCensuses } from './census.ts';
import { roomName, type Step } from './step.ts';
import { knowsPhase, viewedPlacements } from './view.ts';

/** The orchestrator's next steps with the bucket (step-move.ts). */
export function* moveSteps(world: World, rules: Rules): Generator<Step> {
  const move = openMove(world);
  if (!move) yield* starts(world, rules);
  else if (move.phase === 'hold') {
    yield { story: 'the move is cancelled', take: (next) => withMove(next, (own) => cancel(next, own)) };
    if (!usable(world.table, move.shard)) return;
    const seesEnough = rules.viewCoversCensus ? world.view === null : knowsPhase(world, move);
    if (!move.covered && seesEnough && isCovered(world, move, rules)) yield census;
    if (move.covered) {
      const what = move.pin === null ? 'the bucket is flipped' : `${roomName(move.pin)} is pinned`;
      yield {
        story: `${what} to shard ${move.shard}`,
        take: (next) => withMove(next, (own) => flip(next, own, rules)),
      };
    }
  } else if (allAcked(move)) {
    yield { story: 'the move is finished', take: (next) => finish(next, move.id) };
  }
}

function* starts(world: World, rules: Rules): Generator<Step> {
  const { table } = world;
  if (!table.preference) return;
  const to = otherShard(table.preference);
  if (!usable(table, to)) return;
  if (world.movesLeft > 0) {
    const id = `move ${world.movesLeft}`;
    yield {
      story: `the orchestrator ${rules.holdBeforeFlip ? 'holds the bucket, to move it' : 'flips the bucket at once'} to shard ${to}`,
      take(next) {
        next.movesLeft -= 1;
        if (rules.holdBeforeFlip) return hold(next, id, to, null);
        openOperation(next, { id, kind: 'move', phase: 'hold', shard: to });
        withMove(next, (own) => flip(next, own, rules));
      },
    };
  }
  if (world.pinsLeft > 0) {
    for (const room of table.placements.keys()) {
      yield {
        story: `the orchestrator holds the bucket, to pin ${roomName(room)} to shard ${to}`,
        take(next) {
          next.pinsLeft -= 1;
          hold(next, 'pin', to, room);
        },
      };
    }
  }
}

/** Has the hold been acknowledged by all, and would a census of every shard that begins now cover it? */
function isCovered(world: World, move: Operation, rules: Rules): boolean {
  if (rules.flipNeedsAcks && !allAcked(move)) return false;
  if (rules.flipAwaitsOut && shards.some((shard) => isGoingOut(world, shard))) return false;
  const dead = shards.some((shard) => usable(world.table, shard) && world.prosodies[shard].state !== 'runs');
  return !dead && (!rules.censusCoversHold || !isAnybodyOnTheWay(world));
}

function isGoingOut({ table }: World, shard: 'a' | 'b'): boolean {
  const { admitted, removed, observed } = table.shards[shard];
  return !admitted && !removed && observed !== 'down';
}

const census: Step = {
  story: 'a census of every shard covers the hold',
  take(next) {
    withMove(next, (move) => {
      const shown = readCensuses(next);
      move.covered = true;
      move.shown = viewedPlacements(next).map((placement, room) =>
        placement ? null : (shown[room] ?? null),
      );
    });
  },
};

function withMove(world: World, change: (move: Operation) => void): void {
  const move = openMove(world);
  if (move) change(move);
}
