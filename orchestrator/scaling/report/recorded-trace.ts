import { daySteps, stepMs, weekSteps } from '../forecast/step.ts';
import { wallTimeOf } from '../rules/wall-time.ts';
import { meanOf, type Trace } from '../simulate/trace.ts';
import type { PeopleCost } from './calibrate-people.ts';
import { loadOf, type RecordedShard } from './recorded-shard.ts';

/** What a shard carried, as the simulator takes it. */
export interface RecordedTrace {
  /** Its values are people. */
  readonly trace: Trace;
  /** People that fill a bridge. */
  readonly capacity: number;
}

/** Less than a day says nothing of the next one, nor does a record of which more than half is missing. */
const fewestSteps = daySteps;
const fewestKnown = 0.5;

/**
 * The recorded load as a trace. Gaps take the load of the same time a week or a day before or after, and else what was
 * known last. Undefined when too little is known, or nothing was carried.
 */
export function recordedTrace(
  shard: RecordedShard,
  people: PeopleCost | undefined,
): RecordedTrace | undefined {
  const loads = shard.steps.map((step) => loadOf(step, shard.bridgeBitsPerSecond));
  const known = loads.filter((load) => load !== undefined);
  if (loads.length < fewestSteps || known.length < fewestKnown * loads.length) return undefined;
  const values = fillGaps(loads);
  if (meanOf(values) === 0) return undefined;
  const each = people?.bitsPerSecond ?? shard.personBitsPerSecond;
  const capacity = Math.max(1, Math.round(shard.bridgeBitsPerSecond / each));
  const persons = values.map((value) => value * capacity);
  return {
    trace: { startMs: wallTimeOf(shard.timeZone)(shard.from * stepMs), stepMs, values: persons },
    capacity,
  };
}

function fillGaps(loads: readonly (number | undefined)[]): number[] {
  let last = loads.find((load) => load !== undefined) ?? 0;
  return loads.map((load, index) => {
    const like = [-weekSteps, weekSteps, -daySteps, daySteps].map((away) => loads[index + away]);
    last = load ?? like.find((one) => one !== undefined) ?? last;
    return last;
  });
}
