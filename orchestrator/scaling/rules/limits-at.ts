import { count } from '../../../common/words.ts';
import type { ScaleLimits } from '../scale-limits.ts';
import type { ScaleRules } from './scale-rules.ts';
import { isOpenAt, windowText } from './schedule-window.ts';
import type { Schedule } from './schema.ts';
import { wallTimeOf } from './wall-time.ts';

/** What operators allow and ask of a shard's bridges at `nowMs`, and who said so. */
export function limitsAt(rules: ScaleRules, nowMs: number): ScaleLimits {
  const wallMs = wallTimeOf(rules.timeZone)(nowMs);
  const reasons: string[] = [];
  const open = rules.schedules.filter((schedule) => isOpenAt(schedule, wallMs));
  const by = (schedule: Schedule) => `by schedule ${schedule.name} (${windowText(schedule, rules.timeZone)})`;

  let { value: min, said } = rules.min;
  const scheduledMin = highest(open, 'min');
  const floors = rules.floors.filter(({ fromMs, untilMs }) => fromMs <= nowMs && nowMs < untilMs);
  if (scheduledMin?.min !== undefined) [min, said] = [scheduledMin.min, by(scheduledMin)];
  for (const floor of floors) if (floor.bridges > min) [min, said] = [floor.bridges, `by ${floor.said}`];
  reasons.push(`at least ${min} ${said}`);

  let max = rules.max.value;
  const scheduledMax = highest(open, 'max');
  if (scheduledMax?.max !== undefined) max = scheduledMax.max;
  reasons.push(`at most ${max} ${scheduledMax ? by(scheduledMax) : rules.max.said}`);
  if (min > max) reasons.push(`${max} of the ${count(min, 'bridge')} asked for: the most wins`);

  const holding = highest(open, 'noScaleDown');
  const noScaleDown = holding?.noScaleDown === true;
  if (holding && noScaleDown) reasons.push(`none goes, ${by(holding)}`);

  const pause = rules.pauses.find(({ untilMs }) => nowMs < untilMs);
  if (pause) reasons.push(`all stays as it is, ${pause.said}`);

  let people = 0;
  for (const event of rules.events) {
    if (nowMs < event.fromMs || nowMs >= event.untilMs) continue;
    people += event.people;
    reasons.push(`room for ${event.people} people more, ${event.said}`);
  }
  return {
    min: Math.min(min, max),
    max,
    noScaleDown,
    paused: pause !== undefined,
    expected: (people * rules.mbpsPerParticipant) / rules.bridgeMbps,
    reasons,
  };
}

/** Of those that say anything of `what` the one of the highest priority; among equals the one that keeps more bridges. */
function highest(schedules: readonly Schedule[], what: 'min' | 'max' | 'noScaleDown'): Schedule | undefined {
  const [first] = schedules
    .filter((schedule) => schedule[what] !== undefined)
    .toSorted((a, b) => (b.priority ?? 0) - (a.priority ?? 0) || Number(b[what]) - Number(a[what]));
  return first;
}
