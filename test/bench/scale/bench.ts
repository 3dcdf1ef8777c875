import { manyFaults } from '../../../orchestrator/scaling/simulate/faults.ts';
import { meanScore } from '../../../orchestrator/scaling/simulate/level.ts';
import { SimulationPool } from '../../../orchestrator/scaling/simulate/pool.ts';
import type { Run } from '../../../orchestrator/scaling/simulate/run.ts';
import type { Score } from '../../../orchestrator/scaling/simulate/score.ts';
import { type Contender, contenderOf, contenders } from './contenders.ts';
import { describeResults, ours, resultOf, type TraceResult } from './result.ts';
import { RunCache, usualCache } from './run-cache.ts';
import { Runner } from './runner.ts';
import { type BenchTrace, ownTraces, readTraces } from './traces.ts';
import { tune } from './tune.ts';

export interface ScaleBenchOptions {
  readonly json: boolean;
  /** A folder of CSV files as `parseTrace` takes them; the small synthetic ones of this repository unless given. */
  readonly traces?: string;
  /** Worlds over which results are averaged, with the seeds 1, 2, ... */
  readonly seeds?: number;
  /** Candidates of each rival that are drawn at first. */
  readonly draws?: number;
  /** These alone; all unless given. */
  readonly rivals?: readonly string[];
  /** Where what was simulated is kept. */
  readonly cache?: string;
  /** Told how far it is; stderr unless given. */
  say?(line: string): void;
}

const usualDraws = 24;
const weeks = 3;
/** It says how far it is after so many simulations. */
const runsToSay = 50;

/**
 * Every policy on every trace, each at its best: rivals are tuned on the trace itself. Then ours with faults. The exit
 * code is 1 unless ours cuts nothing, holds the service level and needs at most .9 of the best rival's bridge-hours.
 */
export async function scaleBench(options: ScaleBenchOptions): Promise<readonly TraceResult[]> {
  const { traces: folder = ownTraces, cache = usualCache, say = sayOnStderr } = options;
  const { seeds = 3, draws = usualDraws, rivals = Object.keys(contenders) } = options;
  const policies = [ours, ...rivals.filter((name) => name !== ours)];
  const asked = policies.map((name) => [name, contenderOf(name)] as const);
  using pool = new SimulationPool();
  const runner = new Runner(pool, new RunCache(cache));
  const results: TraceResult[] = [];
  say(`simulated runs are kept in ${cache}: a run that was ended goes on from there`);
  for (const bench of await readTraces(folder)) {
    results.push(await benchTrace(runner, bench, { asked, seeds, draws, say }));
  }
  if (!options.json) process.stdout.write(describeResults(results));
  if (results.some(({ isGoalMet }) => !isGoalMet)) process.exitCode = 1;
  return results;
}

interface Tuning {
  /** By name. */
  readonly asked: readonly (readonly [string, Contender])[];
  readonly seeds: number;
  readonly draws: number;
  say(line: string): void;
}

async function benchTrace(
  runner: Runner,
  { name, trace }: BenchTrace,
  { asked, seeds, draws, say }: Tuning,
): Promise<TraceResult> {
  let runs = 0;
  const counted = async (one: Run) => {
    const ran = await runner.run(one);
    runs += 1;
    if (runs % runsToSay === 0) say(`${name}: ${runs} simulations`);
    return ran;
  };
  const tuning = asked.map(async ([policy, contender]) => {
    const tuned = await tune(counted, contender, { trace, seeds, draws, weeks });
    const { bridgeHours, overloadPpm } = tuned.score;
    say(
      `${name} ${policy}: ${bridgeHours.toFixed(0)} bridge-hours a day, ${overloadPpm.toFixed(0)} ppm, with ${JSON.stringify(tuned.options)}`,
    );
    return [policy, tuned] as const;
  });
  const tuned = Object.fromEntries(await Promise.all(tuning));
  return resultOf(name, tuned, await underFaults(runner, trace, seeds));
}

async function underFaults(runner: Runner, trace: BenchTrace['trace'], seeds: number): Promise<Score> {
  const runs = Array.from({ length: seeds }, (_, index): Run => {
    return { trace, policy: 'forecast', options: {}, seed: index + 1, shard: { faults: manyFaults } };
  });
  const ran = await Promise.all(runs.map((run) => runner.run(run)));
  return meanScore(ran.map(({ score }) => score));
}

function sayOnStderr(line: string): void {
  process.stderr.write(`${line}\n`);
}
