import type { ScaleDecision, ScaledBridge } from '../scale-policy.ts';
import { allOpen, byLoad, packOpen, usable } from './pack.ts';
import type { PredictedOptions } from './schema.ts';

/** So many bridges as carry the predicted load, or that of now if it is higher; those too many drain, the emptiest first. */
export function decidePredicted(
  bridges: readonly ScaledBridge[],
  predicted: number,
  load: number,
  { target, buffer, packing }: PredictedOptions,
): ScaleDecision {
  const exist = Math.max(1, Math.ceil(Math.max(predicted, load) / target) + buffer);
  const there = usable(bridges).toSorted(byLoad);
  const open = packing ? packOpen(there, packing) : allOpen(there.slice(0, exist));
  return { exist, open, reasons: [`${exist} bridges for a load of ${predicted.toFixed(1)}`] };
}
