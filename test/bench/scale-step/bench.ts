import { seededRandom } from '../../../common/random.ts';
import { decideBridges } from '../../../orchestrator/bridges/decide-bridges.ts';
import { stepMs } from '../../../orchestrator/scaling/forecast/step.ts';
import { LifetimeCounter } from '../../../orchestrator/scaling/lifetimes/lifetimes.ts';
import { type SurvivalCurve, survivalOf } from '../../../orchestrator/scaling/lifetimes/survival-curve.ts';
import { countedBridge } from '../../../orchestrator/scaling/scale-view.ts';
import { unlimited } from '../../../orchestrator/scaling/simulate/simulate.ts';
import { type BenchShard, fullBitsPerSecond, loadOf, makeShards, readAll } from './shards.ts';

export interface ScaleStepOptions {
  readonly json: boolean;
  /** Numbers of shards. */
  readonly shards?: readonly number[];
  /** Bridges of each; 10 and 50 unless given. */
  readonly bridges?: number;
}

/** Milliseconds on one core, for all shards together. */
export interface ScaleStep {
  readonly shards: number;
  /** Of each shard. */
  readonly bridges: number;
  /** Judging and following what every bridge said: once every 10 s, spread over them as answers come. */
  readonly followMs: Figure;
  /** Looking at what was read, forecasting and deciding, of every shard: once every 10 s. */
  readonly decideMs: Figure;
  /** Learning from a step of five minutes and forecasting anew, of every shard. */
  readonly observeMs: Figure;
}

export interface Figure {
  readonly median: number;
  readonly worst: number;
}

const goalMs = 1_000;
const rounds = 12;
const everyMs = 10_000;
const noWords = new Map<string, never>();

/** The controller's steps over ever more shards. The exit code is 1 unless following and deciding take under a second. */
export function scaleStepBench(options: ScaleStepOptions): Promise<readonly ScaleStep[]> {
  const { shards = [100, 200, 500, 1000], json } = options;
  const steps: ScaleStep[] = [];
  for (const bridges of options.bridges ? [options.bridges] : [10, 50]) {
    for (const count of shards) {
      const step = measureStep(count, bridges);
      steps.push(step);
      if (step.followMs.worst + step.decideMs.worst >= goalMs) process.exitCode = 1;
      if (!json) process.stdout.write(describe(step));
    }
  }
  return Promise.resolve(steps);
}

/** Steps of so many shards, the first of them not counted: it warms up. */
export function measureStep(count: number, bridges: number): ScaleStep {
  const startMs = Date.parse('2026-03-04T09:00:00Z');
  const shards = makeShards(count, bridges, startMs);
  const random = seededRandom(2);
  const survival = someSurvival();
  const follow: number[] = [];
  const decide: number[] = [];
  const observe: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const nowMs = startMs + round * everyMs;
    follow.push(timed(shards, (shard) => readAll(shard, random, nowMs)));
    decide.push(timed(shards, (shard) => decideOn(shard, survival, nowMs)));
    observe.push(
      timed(shards, ({ scaler }) => scaler.observe(startMs + round * stepMs, loadOf(random, bridges))),
    );
  }
  const followMs = figureOf(follow);
  return { shards: count, bridges, followMs, decideMs: figureOf(decide), observeMs: figureOf(observe) };
}

function decideOn({ scaler, bridges }: BenchShard, survival: SurvivalCurve, nowMs: number): void {
  const counted = bridges.map((bridge) => countedBridge(bridge, undefined, fullBitsPerSecond, nowMs));
  const { decision } = scaler.look({ nowMs, wallMs: nowMs, bridges: counted, survival }, unlimited);
  decideBridges({ bridges, words: noWords }, decision);
}

/** Of this thread alone: what else the machine does at the time is not in it. */
function timed(shards: readonly BenchShard[], act: (shard: BenchShard) => void): number {
  const begun = process.threadCpuUsage();
  for (const shard of shards) act(shard);
  const { user, system } = process.threadCpuUsage(begun);
  return (user + system) / 1000;
}

function figureOf(times: readonly number[]): Figure {
  const sorted = times.slice(1).toSorted((a, b) => a - b);
  return { median: sorted[sorted.length >> 1] ?? 0, worst: sorted.at(-1) ?? 0 };
}

/** Of meetings that last up to two hours. */
function someSurvival(): SurvivalCurve {
  const counter = new LifetimeCounter();
  for (let minute = 1; minute <= 120; minute += 1) {
    for (let meeting = 0; meeting < 5; meeting += 1) {
      counter.lived(0, minute * 60_000);
      counter.ended(minute * 60_000);
    }
  }
  return survivalOf(counter.counts());
}

function describe({ shards, bridges, followMs, decideMs, observeMs }: ScaleStep): string {
  const told = Object.entries({ follow: followMs, decide: decideMs, observe: observeMs }).map(
    ([what, { median, worst }]) => `${what} ${median.toFixed(1)} ms (worst ${worst.toFixed(1)})`,
  );
  return `${shards} shards of ${bridges} bridges: ${told.join(', ')}\n`;
}
