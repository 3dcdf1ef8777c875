import { copyWorld } from './copy.ts';
import type { Fault } from './fault.ts';
import { hashOf } from './hash.ts';
import { HashSet } from './hash-set.ts';
import { type Invariant, invariants } from './invariants.ts';
import { keyOf } from './key.ts';
import { allRules, type Rules } from './rules.ts';
import { agentSteps } from './steps/agents.ts';
import { faultSteps } from './steps/faults.ts';
import { healSteps } from './steps/heals.ts';
import { moveSteps } from './steps/moves.ts';
import { participantSteps } from './steps/participants.ts';
import { rebuildSteps } from './steps/rebuild.ts';
import { roomSteps } from './steps/room-life.ts';
import { shardSteps } from './steps/shard-life.ts';
import type { Step } from './steps/step.ts';
import { type Bounds, initialWorld, type World } from './world.ts';

/** What to explore. */
export interface Exploration {
  bounds: Bounds;
  fault?: Fault;
  rules?: Rules;
  invariants?: readonly Invariant[];
  /** How the story begins: sentences of steps, so that only what follows is searched. */
  after?: readonly string[];
  /** Stop after this many worlds. */
  maxWorlds?: number;
}

/** What was found. */
export interface Findings {
  worlds: number;
  /** Steps from the beginning to the farthest world seen. */
  depth: number;
  /** Was every world within the bounds seen? */
  complete: boolean;
  /** The shortest way to a world that breaks an invariant: a sentence a step, and at last what is broken. */
  story?: string[];
}

/** How a world came about; the worlds on the way are not kept. */
interface Path {
  story: string;
  before: Path | undefined;
}

/** Breadth first through every world that can be reached, up to the first that breaks an invariant. */
export function explore(exploration: Exploration): Findings {
  const { bounds, fault = 'none', rules = allRules, maxWorlds = Number.POSITIVE_INFINITY } = exploration;
  const mustHold = exploration.invariants ?? invariants;
  const world = initialWorld(bounds, fault === 'none' ? 0 : 1, fault.startsWith('shard'));
  for (const sentence of exploration.after ?? []) {
    const step = [...stepsFrom(world, fault, rules)].find(({ story }) => story === sentence);
    if (!step) throw new Error(`no such step now: ${sentence}`);
    step.take(world);
  }
  const seen = new HashSet();
  seen.add(hashOf(keyOf(world)));
  let level: { world: World; path: Path | undefined }[] = [{ world, path: undefined }];
  for (let depth = 0; level.length > 0; depth += 1) {
    const next: typeof level = [];
    for (const before of level) {
      for (const step of stepsFrom(before.world, fault, rules)) {
        const world = copyWorld(before.world);
        step.take(world);
        if (!seen.add(hashOf(keyOf(world)))) continue;
        const path = { story: step.story, before: before.path };
        for (const invariant of mustHold) {
          const broken = invariant(world);
          if (broken) return { worlds: seen.size, depth, complete: false, story: [...storyOf(path), broken] };
        }
        next.push({ world, path });
      }
      if (seen.size >= maxWorlds) return { worlds: seen.size, depth, complete: false };
    }
    if (next.length === 0) return { worlds: seen.size, depth, complete: true };
    level = next;
  }
  return { worlds: seen.size, depth: 0, complete: true };
}

function* stepsFrom(world: World, fault: Fault, rules: Rules): Generator<Step> {
  yield* participantSteps(world, rules);
  yield* agentSteps(world, rules);
  if (world.table.up && world.table.blessed) {
    yield* moveSteps(world, rules);
    yield* roomSteps(world, rules);
    yield* shardSteps(world, rules);
  }
  yield* rebuildSteps(world, rules);
  yield* faultSteps(world, fault);
  yield* healSteps(world, fault, rules);
}

function storyOf(last: Path): string[] {
  const story: string[] = [];
  for (let path: Path | undefined = last; path; path = path.before) story.unshift(path.story);
  return story;
}
