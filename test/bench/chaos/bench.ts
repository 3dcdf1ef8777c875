import type { ChaosResult } from '../../chaos/run-chaos.ts';
import { runSeed } from '../../chaos/run-seed.ts';
import { type ChaosSummary, describeSummary, isClean, summarize } from '../../chaos/summary.ts';
import { interruption } from '../interruption.ts';

export interface ChaosBenchOptions {
  readonly json: boolean;
  /** Fleets, one after the other, with the seeds 1, 2, ... */
  readonly seeds?: number;
  /** Of faults, over all seeds. */
  readonly minutes?: number;
  /** Told how far it is; stderr unless given. */
  say?(line: string): void;
}

/**
 * Chaos over many seeds, each on a fleet of its own: what went wrong, and how long fleets took to heal. The exit code is
 * 1 unless nothing did; a seed that crashes is told as one that did not heal, and the others still run.
 */
export async function chaosBench(options: ChaosBenchOptions): Promise<ChaosSummary> {
  const { seeds = 10, minutes = 30, say = sayOnStderr } = options;
  using interrupted = interruption();
  const results: ChaosResult[] = [];
  for (let seed = 1; seed <= seeds && !interrupted.signal.aborted; seed += 1) {
    say(`seed ${seed} of ${seeds}`);
    results.push(await runSeed({ seed, forMs: (minutes / seeds) * 60_000, say }, interrupted.signal));
  }
  const summary = summarize(results);
  if (!options.json) process.stdout.write(describeSummary(summary));
  if (!isClean(summary)) process.exitCode = 1;
  return summary;
}

function sayOnStderr(line: string): void {
  process.stderr.write(`${line}\n`);
}
