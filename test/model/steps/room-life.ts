import type { Rules } from '../rules.ts';
import { allAcked, finish, operationOf } from '../table/operations.ts';
import { adopt, deletePlacement, observeLingering, observeLive, retire } from '../table/rooms.ts';
import type { Operation, Placement, World } from '../world.ts';
import { isOnTheWay, shownOn } from './census.ts';
import { roomName, type Step } from './step.ts';

/** The orchestrator's next steps with rooms (decide-rooms.ts, step-retire.ts). */
export function* roomSteps(world: World, rules: Rules): Generator<Step> {
  if (!world.table.up) return;
  for (const [room, placement] of world.table.placements.entries()) {
    if (!placement) yield* adoptions(world, room);
    else if (placement.state === 'seated' && world.retirementsLeft > 0) yield lingers(room);
    else if (placement.state === 'lingering') yield retires(world, room);
    else if (placement.state === 'retiring') yield* retirement(world, room, placement, rules);
  }
  for (const { id, phase, acks } of world.table.operations) {
    const left = world.table.placements.some((placement) => placement?.operation === id);
    if (phase === 'tombstone' && !left && acks.every((acked) => acked)) {
      yield { story: `${id} is finished`, take: (next) => finish(next, id) };
    }
    if (!rules.deleteChecksState && phase === 'tombstone' && acks.every((acked) => acked)) {
      yield* blindDeletions(world, id, rules);
    }
  }
}

function* adoptions(world: World, room: number): Generator<Step> {
  if (!shownOn(world, room).has(world.table.preference)) return;
  if (world.table.operations.some(({ phase }) => phase === 'hold')) return;
  yield {
    story: `a census shows ${roomName(room)}, which the table does not know: adopted`,
    take: (next) => void adopt(next, room, next.table.preference),
  };
}

/** No census is asked here: the one that shows nobody may be older than the claim. */
function lingers(room: number): Step {
  return {
    story: `${roomName(room)} lingers`,
    take(next) {
      next.retirementsLeft -= 1;
      observeLingering(next, room);
    },
  };
}

function retires(world: World, room: number): Step {
  const id = `retirement ${world.retirementsLeft + 1}`;
  return { story: `${roomName(room)} retires`, take: (next) => retire(next, room, id) };
}

function* retirement(world: World, room: number, placement: Placement, rules: Rules): Generator<Step> {
  const operation = operationOf(world, placement.operation);
  if (!operation) return;
  const acked = !rules.deleteNeedsAcks || allAcked(operation);
  const shown = shownOn(world, room).has(placement.shard);
  if (acked && !operation.covered && !isOnTheWay(world, room, placement.shard)) {
    if (shown) {
      yield { story: `a census shows ${roomName(room)} again`, take: (next) => observeLive(next, room) };
    }
    if (!shown || !rules.deleteNeedsAbsence) yield covers(operation, room);
  }
  if (acked && (operation.covered || !rules.deleteNeedsCensus)) {
    yield {
      story: `the placement of ${roomName(room)} is deleted`,
      take: (next) => void deletePlacement(next, room, operation.id, rules),
    };
  }
}

function covers({ id }: Operation, room: number): Step {
  return {
    story: `a census covers the tombstone of ${roomName(room)}`,
    take(next) {
      const operation = operationOf(next, id);
      if (operation) operation.covered = true;
    },
  };
}

/** Only without the rule deleteChecksState. */
function* blindDeletions(world: World, id: string, rules: Rules): Generator<Step> {
  if (!operationOf(world, id)?.covered) return;
  for (const [room, placement] of world.table.placements.entries()) {
    if (placement?.operation === id || !placement) continue;
    const story = `the placement of ${roomName(room)} is deleted though it was claimed again`;
    yield { story, take: (next) => void deletePlacement(next, room, id, rules) };
  }
}
