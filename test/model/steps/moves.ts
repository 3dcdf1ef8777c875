import type { Rules } from '../rules.ts';
import { cancel, flip, hold } from '../table/moves.ts';
import { allAcked, finish, openMove, openOperation } from '../table/operations.ts';
import type { Operation, World } from '../world.ts';
import { isOnTheWay, shownOn } from './census.ts';
import type { Step } from './step.ts';

/** The orchestrator's next steps with the bucket (step-move.ts). */
export function* moveSteps(world: World, rules: Rules): Generator<Step> {
  if (!world.table.up) return;
  const move = openMove(world);
  if (!move) {
    if (world.movesLeft > 0) yield start(world, rules);
  } else if (move.phase === 'hold') {
    yield { story: 'the move is cancelled', take: (next) => withMove(next, (own) => cancel(next, own)) };
    if (!move.covered && isCovered(world, move, rules)) yield census;
    if (move.covered) {
      yield {
        story: `the bucket is flipped to shard ${move.to}`,
        take: (next) => withMove(next, (own) => flip(next, own, rules)),
      };
    }
  } else if (allAcked(move)) {
    yield { story: 'the move is finished', take: (next) => finish(next, move.id) };
  }
}

function start(world: World, rules: Rules): Step {
  const to = world.table.preference === 'a' ? 'b' : 'a';
  const id = `move ${world.movesLeft}`;
  return {
    story: `the orchestrator ${rules.holdBeforeFlip ? 'holds the bucket, to move it' : 'flips the bucket at once'} to shard ${to}`,
    take(next) {
      next.movesLeft -= 1;
      if (rules.holdBeforeFlip) hold(next, id, to);
      else {
        openOperation(next, id, 'hold', to);
        withMove(next, (own) => flip(next, own, rules));
      }
    },
  };
}

/** Has the hold been acknowledged by all, and would a census of every shard that begins now cover it? */
function isCovered(world: World, move: Operation, rules: Rules): boolean {
  if (rules.flipNeedsAcks && !allAcked(move)) return false;
  if (!rules.censusCoversHold) return true;
  return world.table.placements.every(
    (_, room) => !isOnTheWay(world, room, 'a') && !isOnTheWay(world, room, 'b'),
  );
}

const census: Step = {
  story: 'a census of every shard covers the hold',
  take(next) {
    withMove(next, (move) => {
      move.covered = true;
      move.shown = next.table.placements.map((placement, room) =>
        placement ? null : ([...shownOn(next, room)][0] ?? null),
      );
    });
  },
};

function withMove(world: World, change: (move: Operation) => void): void {
  const move = openMove(world);
  if (move) change(move);
}
