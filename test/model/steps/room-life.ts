import type { Rules } from '../rules.ts';
import { shardOf } from '../shards.ts';
import { allAcked, finish, isOnHold, operationOf } from '../table/operations.ts';
import {
  adopt,
  collect,
  deletePlacement,
  holds,
  observeLingering,
  observeLive,
  retire,
} from '../table/rooms.ts';
import type { Operation, Placement } from '../table/table.ts';
import type { World } from '../world.ts';
import { isOnTheWay, shownOn } from './census.ts';
import { roomName, type Step } from './step.ts';
import { knowsPhase, viewedPlacements } from './view.ts';

/** The orchestrator's next steps with rooms (decide-rooms.ts, step-retire.ts). */
export function* roomSteps(world: World, rules: Rules): Generator<Step> {
  for (const [room, placement] of viewedPlacements(world).entries()) {
    if (!placement) yield* adoptions(world, room, rules);
    else if (!holds(world.table, placement, rules)) yield collects(room, rules);
    else if (placement.state === 'seated' && world.retirementsLeft > 0) yield lingers(room);
    else if (placement.state === 'lingering') yield retires(world, room);
    else if (placement.state === 'retiring') yield* retirement(world, room, placement, rules);
  }
  for (const operation of world.table.operations) {
    const { id, kind, acks } = operation;
    if (kind !== 'retire' || !acks.every((acked) => acked) || !knowsPhase(world, operation)) continue;
    if (viewedPlacements(world).every((placement) => placement?.operation !== id)) {
      yield { story: `${id} is finished`, take: (next) => finish(next, id) };
    }
    if (!rules.deleteChecksState) yield* blindDeletions(world, id, rules);
  }
}

function* adoptions(world: World, room: number, rules: Rules): Generator<Step> {
  const { table } = world;
  const { preference } = table;
  if (!preference || !shownOn(world, room).has(preference) || isOnHold(world)) return;
  yield {
    story: `a census shows ${roomName(room)}, which the table does not know: adopted`,
    take: (next) => adopt(next, room, preference, rules),
  };
}

function collects(room: number, rules: Rules): Step {
  const story = `${roomName(room)} is on a life that is over: its placement is collected`;
  return { story, take: (next) => collect(next, room, rules) };
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
  const shown = shownOn(world, room).has(shardOf(placement.shard));
  if (acked && !operation.covered && !isOnTheWay(world, room, placement.shard)) {
    if (shown) {
      yield { story: `a census shows ${roomName(room)} again`, take: (next) => observeLive(next, room) };
    }
    if (!shown || !rules.deleteNeedsAbsence) yield covers(operation, room);
  }
  if (acked && (operation.covered || !rules.deleteNeedsCensus)) {
    yield {
      story: `the placement of ${roomName(room)} is deleted`,
      take: (next) => deletePlacement(next, room, operation.id, rules),
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
    yield { story, take: (next) => deletePlacement(next, room, id, rules) };
  }
}
