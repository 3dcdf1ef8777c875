import { seededRandom } from '../../../common/random.ts';
import type { ScalePolicy } from '../scale-policy.ts';
import { Crowd } from './crowd.ts';
import { fewFaults } from './faults.ts';
import { type Observe, type Score, Scorer } from './score.ts';
import { minutesOf, type Trace } from './trace.ts';
import { World, type WorldOptions } from './world.ts';

/** What is simulated. */
export interface SimulateOptions extends Partial<WorldOptions> {
  /** How many people are there on average over the whole trace. */
  readonly meanLoad: number;
  readonly seed: number;
}

/** 400 Mbit/s a bridge at 4 Mbit/s each, and a bridge's start as measured (scaling.md). */
export const usualWorld: WorldOptions = {
  capacity: 100,
  relays: true,
  bootMinutes: 4,
  bootSpread: 1.5,
  faults: fewFaults,
};

/** Lets a policy run a shard through a whole trace, and says how it did. The same seed brings the same people. */
export function simulate(
  trace: Trace,
  policy: ScalePolicy,
  options: SimulateOptions,
  observe?: Observe,
): Score {
  const { meanLoad, seed } = options;
  const world = { ...usualWorld, ...options };
  const scorer = new Scorer(world.capacity, observe);
  const crowd = new Crowd(trace, meanLoad, seed);
  const shard = new World(world, trace.startMs, seed, scorer);
  const random = seededRandom(seed + 31_337);
  const minutes = minutesOf(trace);
  for (let minute = 0; minute < minutes; minute += 1) {
    shard.live(minute, crowd.ending(minute), crowd.joining(minute));
    // Another orchestrator takes over: nothing is decided in that minute.
    if (random() < world.faults.restartsPerHour / 60) policy.restart?.();
    else {
      const view = shard.view(minute);
      shard.follow(minute, view.bridges, policy.decide(view));
    }
  }
  return scorer.score();
}
