import { seededRandom } from '../../../common/random.ts';
import { decideBridges } from '../../bridges/decide-bridges.ts';
import { stepMs, stepOf } from '../forecast/step.ts';
import { StepMean } from '../load-history/load-step.ts';
import { measureShard } from '../measure/measure-shard.ts';
import type { ScaleLimits } from '../scale-limits.ts';
import type { ScalePolicy } from '../scale-policy.ts';
import { countedBridge } from '../scale-view.ts';
import { ShardScaler } from '../shard-scaler.ts';
import { Crowd } from './crowd.ts';
import { fewFaults } from './faults.ts';
import { Observer } from './observer.ts';
import { type OnMinute, type Score, Scorer } from './score.ts';
import { SeenLifetimes } from './seen-lifetimes.ts';
import { minutesOf, type Trace } from './trace.ts';
import { World, type WorldOptions } from './world.ts';

/** A shard; what is not given is as usual. */
export interface SimulatedShard extends Partial<WorldOptions> {
  readonly limits?: ScaleLimits;
}

/** What is simulated. */
export interface SimulateOptions extends SimulatedShard {
  /** How many people are there on average over the whole trace. */
  readonly meanLoad: number;
  readonly seed: number;
  /** So many of the trace's first days are there to learn from, and not scored. */
  readonly warmUpDays?: number;
}

/** 400 Mbit/s a bridge at 4 Mbit/s each, and a bridge's start as measured (scaling.md). */
export const usualWorld: WorldOptions = {
  capacity: 100,
  relays: true,
  bootMinutes: 4,
  bootSpread: 1.5,
  faults: fewFaults,
};
const bitsPerPerson = 4e6;
/** An operator who leaves it all to the policy. */
export const unlimited: ScaleLimits = {
  min: 1,
  max: 1_000,
  noScaleDown: false,
  paused: false,
  expected: 0,
  reasons: [],
};
const minuteMs = 60_000;
const noWords = new Map<string, never>();

/**
 * Lets a policy run a shard through a whole trace, and says how it did. The same seed brings the same people. What reads
 * bridges, decides and records is the orchestrator's own code; the world is simulated.
 */
export function simulate(
  trace: Trace,
  policy: ScalePolicy,
  options: SimulateOptions,
  onMinute?: OnMinute,
): Score {
  const { meanLoad, seed, limits = unlimited, warmUpDays = 0 } = options;
  const rules = { ...usualWorld, ...options };
  const { capacity, faults } = rules;
  const scorer = new Scorer(capacity, onMinute);
  const crowd = new Crowd(trace, meanLoad, seed);
  const world = new World(rules, seed, scorer);
  const observer = new Observer({ capacity, bitsPerPerson, gaps: faults.gaps }, seed);
  const scaler = new ShardScaler(policy);
  const random = seededRandom(seed + 31_337);
  const lifetimes = new SeenLifetimes();
  let mean = new StepMean();
  const fullBits = capacity * bitsPerPerson;
  const minutes = minutesOf(trace);
  for (let minute = 0; minute < minutes; minute += 1) {
    const nowMs = trace.startMs + minute * minuteMs;
    if (minute === warmUpDays * 1440) scorer.restart();
    const ending = crowd.ending(minute);
    for (const { startedMs } of ending) lifetimes.ended(nowMs - startedMs);
    world.live(minute, ending, crowd.joining(minute));
    if (scorer.isOver) break;
    if (minute % 60 === 0) lifetimes.renew();
    const isStep = nowMs % stepMs === 0 && minute > 0;
    if (isStep) {
      const bits = mean.mean().bitsPerSecond;
      scaler.observe((stepOf(nowMs) - 1) * stepMs, bits === undefined ? undefined : bits / fullBits);
      mean = new StepMean();
    }
    const read = observer.read(world.bridges, minute, nowMs);
    mean.add(measureShard(read, undefined, nowMs));
    // Another orchestrator takes over: nothing is decided in that minute.
    if (random() < faults.restartsPerHour / 60) {
      scaler.begin(JSON.parse(JSON.stringify(scaler.memory())));
      continue;
    }
    const bridges = read.map((bridge) => countedBridge(bridge, undefined, fullBits, nowMs));
    const { decision } = scaler.look({ nowMs, wallMs: nowMs, bridges, survival: lifetimes }, limits);
    world.follow(minute, decideBridges({ bridges: read, words: noWords }, decision));
  }
  return scorer.score();
}
