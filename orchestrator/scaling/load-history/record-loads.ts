import { loop } from '../../../common/loop.ts';
import type { Control } from '../../control/control.ts';
import { stepOf } from '../forecast/step.ts';
import { measureShards } from '../measure/measure-shards.ts';
import { StepMean } from './load-step.ts';

/**
 * Measures all shards again and again, and keeps the mean of each step so far: what a leader that dies has measured of
 * the step is kept, unless the next one measures the rest.
 */
export async function recordLoads(control: Control, signal: AbortSignal): Promise<void> {
  let present = Number.NaN;
  let means = new Map<string, StepMean>();
  await loop('loads', control.fleet.timings.bridgesEveryMs, signal, control.log, async () => {
    const now = Date.now();
    const step = stepOf(now);
    if (step !== present) means = new Map();
    present = step;
    for (const [shard, load] of measureShards(control, now)) {
      const mean = means.get(shard) ?? new StepMean();
      mean.add(load);
      means.set(shard, mean);
    }
    await control.loads.write(step, new Map([...means].map(([shard, mean]) => [shard, mean.mean()])));
  });
}
