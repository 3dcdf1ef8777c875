import { constants } from 'node:fs';
import { access, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { messageOf, UsageError } from '../../../common/errors.ts';
import { compare } from '../../../orchestrator/scaling/simulate/compare.ts';
import type { Faults } from '../../../orchestrator/scaling/simulate/faults.ts';
import { unlimited } from '../../../orchestrator/scaling/simulate/simulate.ts';
import type { Context } from '../../context.ts';
import { print } from '../../output/print.ts';
import { pageOf } from '../picture/page.ts';
import { withSimulations } from '../with-simulations.ts';
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
/** Columns of a picture: about as many as a screen has pixels beside the text. */
const columns = 960;

/**
 * Simulates policies on traces, with a table or a page of what came of it.
 *
 * @throws UsageError when a file or an option is wrong, before anything is simulated
 */
export async function simulateScaling(flags: SimulateFlags, context: Context): Promise<void> {
  const { bridgeMbps, mbpsPerParticipant, boot, min, max, relays, faults, seeds, html } = flags;
  if (max !== undefined && max < min)
    throw new UsageError(`--max ${max}: expected no less than --min ${min}`);
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
  if (html === undefined) return;
  await writeFile(html, pageOf(compared, settings));
  context.stderr.write(`wrote ${html}\n`);
}

/** A simulation of minutes should not end with a file that cannot be written. */
async function checkWritable(file: string): Promise<void> {
  await access(dirname(file), constants.W_OK).catch((error: unknown) => {
    throw new UsageError(`--html ${file}: ${messageOf(error)}`, { cause: error });
  });
}
