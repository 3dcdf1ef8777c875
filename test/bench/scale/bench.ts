import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { contenders } from './contenders.ts';
import { meanScore } from './level.ts';
import { Pool } from './pool.ts';
import { describeResults, resultOf, type TraceResult } from './result.ts';
import type { Run } from './run.ts';
import { ownTraces } from './traces.ts';
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
  const files = (await readdir(folder)).filter((file) => file.endsWith('.csv')).toSorted();
  using pool = new Pool();
  const results: TraceResult[] = [];
  for (const file of files) {
    const path = join(folder, file);
    const tuned = await Promise.all(
      Object.keys(contenders).map(async (policy) => {
        const one = await tune(pool, path, policy, seeds);
        say(`${file} ${policy}: ${one.score.bridgeHours.toFixed(0)} bridge-hours a day`);
        return one;
      }),
    );
    const runs = Array.from({ length: seeds }, (_, index): Run => {
      return { path, policy: 'forecast', candidate: 0, seed: index + 1, faults: true };
    });
    const withFaults = meanScore(await Promise.all(runs.map((run) => pool.run(run))));
    results.push(resultOf(file, tuned, withFaults));
  }
  if (!options.json) process.stdout.write(describeResults(results));
  if (results.some(({ isGoalMet }) => !isGoalMet)) process.exitCode = 1;
  return results;
}

function sayOnStderr(line: string): void {
  process.stderr.write(`${line}\n`);
}
