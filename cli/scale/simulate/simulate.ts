import { UsageError } from '../../../common/errors.ts';
import { count } from '../../../common/words.ts';
import { compare } from '../../../orchestrator/scaling/simulate/compare.ts';
import type { Faults } from '../../../orchestrator/scaling/simulate/faults.ts';
import { unlimited } from '../../../orchestrator/scaling/simulate/simulate.ts';
import type { Context } from '../../context.ts';
import { print } from '../../output/print.ts';
import { columns } from '../picture/figure.ts';
import { checkWritable, writePage } from '../picture/write-page.ts';
import { withSimulations } from '../with-simulations.ts';
import { comparisonPage } from './comparison-page.ts';
import { type PlanFlags, planContests } from './plan.ts';
import { formatResults, resultsByTrace } from './results.ts';

/** The flags of `usher scale simulate`. */
export interface SimulateFlags extends PlanFlags {
  readonly bridgeMbps: number;
  readonly mbpsPerParticipant: number;
  /** Milliseconds. */
  readonly boot: number;
  readonly min: number;
  readonly max?: number;
  readonly relays: boolean;
  readonly faults: Faults;
  readonly seeds: number;
  readonly html?: string;
}

/** A bridge's start takes so much longer on average than at least: 1.5 minutes of 4 (scaling.md). */
const bootSpread = 3 / 8;

/**
 * Simulates policies on traces, with a table or a page of what came of it.
 *
 * @throws UsageError when a file or an option is wrong, before anything is simulated
 */
export async function simulateScaling(flags: SimulateFlags, context: Context): Promise<void> {
  const { bridgeMbps, mbpsPerParticipant, boot, min, max, relays, faults, seeds, html } = flags;
  if (max !== undefined && max < min)
    throw new UsageError(`--max ${max}: expected no less than --min ${min}`);
  if (bridgeMbps < mbpsPerParticipant)
    throw new UsageError(`--bridge-mbps ${bridgeMbps}: expected no less than one of its people brings`);
  const bootMinutes = boot / 60_000;
  const contests = await planContests(flags, {
    capacity: bridgeMbps / mbpsPerParticipant,
    relays,
    bootMinutes,
    bootSpread: bootSpread * bootMinutes,
    limits: { ...unlimited, min, max: max ?? unlimited.max },
    faults,
  });
  if (html !== undefined) await checkWritable(html);
  const compared = await withSimulations(context, (pool, onProgress) =>
    compare(pool, contests, {
      seeds,
      ...(html !== undefined && { columns }),
      ...(onProgress && { onProgress }),
    }),
  );
  const results = resultsByTrace(compared);
  const told = { min, max: max ?? null, relays, faults, seeds };
  const settings = { bridgeMbps, mbpsPerParticipant, bootMinutes, ...told };
  print(context, { settings, traces: results }, () => formatResults(results));
  if (html !== undefined) await writePage(html, comparisonPage(compared, inWords(flags)), context);
}

/** What was simulated, for people. */
function inWords(flags: SimulateFlags): string {
  const { bridgeMbps, mbpsPerParticipant, boot, min, max, relays, faults, seeds } = flags;
  const wrong = [
    ...(faults.failedStarts > 0 ? [`${percent(faults.failedStarts)} of the starts fail`] : []),
    ...(faults.gaps > 0 ? [`${percent(faults.gaps)} of the figures are missing`] : []),
    ...(faults.crashesPerDay > 0 ? [`${count(faults.crashesPerDay, 'bridge')} a day crash`] : []),
    ...(faults.restartsPerHour > 0 ? [`the leader changes ${faults.restartsPerHour} times an hour`] : []),
  ];
  return [
    `Bridges of ${bridgeMbps} Mbit/s, ${mbpsPerParticipant} a participant`,
    `${min} to ${max ?? 'any number of'} bridges`,
    `a start takes ${boot / 60_000} min at least`,
    relays ? 'with relays' : 'without relays',
    wrong.length > 0 ? wrong.join(', ') : 'nothing fails',
    `${seeds === 1 ? 'one crowd' : `the mean of ${seeds} crowds`}.`,
  ].join('; ');
}

function percent(share: number): string {
  return `${Number((100 * share).toFixed(1))} %`;
}
