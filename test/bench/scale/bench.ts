import { manyFaults } from '../../../orchestrator/scaling/simulate/faults.ts';
import { meanScore } from '../../../orchestrator/scaling/simulate/level.ts';
import { SimulationPool } from '../../../orchestrator/scaling/simulate/pool.ts';
import type { Run } from '../../../orchestrator/scaling/simulate/run.ts';
import { contenders } from './contenders.ts';
import { describeResults, resultOf, type TraceResult } from './result.ts';
import { ownTraces, readTraces } from './traces.ts';
import { tune } from './tune.ts';

export interface ScaleBenchOptions {
  readonly json: boolean;
  /** A folder of CSV files as `parseTrace` takes them; the small synthetic ones of this repository unless given. */
  readonly traces?: string;
  /** Worlds over which results are averaged, with the seeds 1, 2, ... */
  readonly seeds?: number;
  /** Told how far it is; stderr unless given. */
  say?(line: string): void;
}

/**
 * Every policy on every trace, each at its best: rivals are tuned on the trace itself. Then ours with faults. The exit
 * code is 1 unless ours cuts nothing, holds the service level and needs at most .9 of the best rival's bridge-hours.
 */
export async function scaleBench(options: ScaleBenchOptions): Promise<readonly TraceResult[]> {
  const { traces: folder = ownTraces, seeds = 3, say = sayOnStderr } = options;
  using pool = new SimulationPool();
  const results: TraceResult[] = [];
  for (const { name, trace } of await readTraces(folder)) {
    const tuned = await Promise.all(
      Object.entries(contenders).map(async ([policy, contender]) => {
        const one = await tune(pool, trace, policy, contender, seeds);
        say(`${name} ${policy}: ${one.score.bridgeHours.toFixed(0)} bridge-hours a day`);
        return one;
      }),
    );
    const runs = Array.from({ length: seeds }, (_, index): Run => {
      return { trace, policy: 'forecast', options: {}, seed: index + 1, shard: { faults: manyFaults } };
    });
    const withFaults = meanScore(
      (await Promise.all(runs.map((run) => pool.run(run)))).map(({ score }) => score),
    );
    results.push(resultOf(name, tuned, withFaults));
  }
  if (!options.json) process.stdout.write(describeResults(results));
  if (results.some(({ isGoalMet }) => !isGoalMet)) process.exitCode = 1;
  return results;
}

function sayOnStderr(line: string): void {
  process.stderr.write(`${line}\n`);
}
