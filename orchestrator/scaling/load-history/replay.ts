import { setImmediate } from 'node:timers/promises';
import type { Forecaster } from '../forecast/forecaster.ts';
import { daySteps, stepMs } from '../forecast/step.ts';
import type { LoadStep } from './load-step.ts';

/**
 * Tells a forecaster what a shard carried, so that it knows what the one before it knew. Lets others have their turn
 * after each day: a replay of all shards takes seconds, and its leader has a lock to renew.
 *
 * @param from the first of the steps
 * @param toWallMs a moment by the fleet's clocks on the wall, as if that were UTC
 */
export async function replayLoads(
  forecaster: Pick<Forecaster, 'observe'>,
  steps: readonly LoadStep[],
  from: number,
  toWallMs: (ms: number) => number = (ms) => ms,
): Promise<void> {
  for (const [index, { bitsPerSecond }] of steps.entries()) {
    if (index % daySteps === daySteps - 1) await setImmediate();
    // Gaps it sees by itself, from the next step that is known.
    if (bitsPerSecond !== undefined) forecaster.observe(toWallMs((from + index) * stepMs), bitsPerSecond);
  }
}
