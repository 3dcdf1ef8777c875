import { UsageError } from '../../../common/errors.ts';
import type { ScaleChange } from './scale-change.ts';
import { type ScaleRules, type Window, windowOfEvent, windowOfFloor, windowOfPause } from './scale-rules.ts';

/** Refuses what is over already, or ends before it begins: a slip of whoever typed it. */
export function refuseOver(change: ScaleChange, timeZone: string, nowMs: number): void {
  for (const { fromMs, untilMs } of windowsOf(change, timeZone)) {
    if (untilMs > nowMs && untilMs > fromMs) continue;
    const until = new Date(untilMs).toISOString();
    throw new UsageError(
      untilMs > nowMs
        ? `it ends at ${until}, and begins no earlier: give a later end`
        : `it is over since ${until}: give a time that is to come`,
    );
  }
}

/**
 * Refuses to ask for more bridges than there may be: they would not come.
 *
 * @param rules of the shard, after the change
 */
export function refuseUnreachable(change: ScaleChange, shard: string, rules: ScaleRules): void {
  const { min, max, schedules } = rules;
  if ((change.min || change.max) && min.value > max.value) {
    throw new UsageError(
      `${shard}: at least ${min.value} ${min.said} is above at most ${max.value} ${max.said}: give --min and --max`,
    );
  }
  // A schedule may allow more than is usual.
  const most = Math.max(max.value, ...schedules.flatMap((one) => one.max ?? []));
  const least = Math.max(change.floor?.bridges ?? 0, change.schedule?.min ?? 0);
  if (least <= most) return;
  throw new UsageError(
    `${shard}: ${least} bridges are above at most ${most}, ${max.value} ${max.said}; raise that first: usher scale set ${shard} --max ${least}`,
  );
}

function windowsOf({ floor, event, paused }: ScaleChange, timeZone: string): Window[] {
  return [
    ...(floor ? [windowOfFloor(floor, timeZone)] : []),
    ...(event ? [windowOfEvent(event, timeZone)] : []),
    ...(paused === undefined ? [] : windowOfPause({ where: '', settings: { paused } }, timeZone)),
  ];
}
