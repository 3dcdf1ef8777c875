const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** A Monday, as if its clock were UTC. */
const mondayMs = Date.UTC(1970, 0, 5);

/** A moment on the time axis. */
export interface TimeTick {
  readonly ms: number;
  readonly label: string;
}

/** Moments between two that an eye looks for: Mondays, midnights or hours, a dozen or so. */
export function timeTicks(fromMs: number, toMs: number): TimeTick[] {
  const days = (toMs - fromMs) / dayMs;
  const weeks = Math.max(1, Math.ceil(days / 84));
  const stepMs = days > 14 ? weeks * 7 * dayMs : days > 3 ? dayMs : days > 1 ? 6 * hourMs : 2 * hourMs;
  const format = new Intl.DateTimeFormat('en-GB', { ...formatOf(stepMs), timeZone: 'UTC' });
  const ticks: TimeTick[] = [];
  const first = mondayMs + Math.ceil((fromMs - mondayMs) / stepMs) * stepMs;
  for (let ms = first; ms < toMs; ms += stepMs) ticks.push({ ms, label: format.format(ms).replace(',', '') });
  return ticks;
}

function formatOf(stepMs: number): Intl.DateTimeFormatOptions {
  return stepMs >= dayMs
    ? { weekday: 'short', day: 'numeric', month: 'short' }
    : { weekday: 'short', hour: '2-digit', minute: '2-digit' };
}

/** Round numbers from 0 up to the first that is no less than `most`: at most seven of them. */
export function valueTicks(most: number): number[] {
  const power = 10 ** Math.floor(Math.log10(Math.max(most, 1) / 2));
  const step = Math.max(
    1,
    [1, 2, 5].map((factor) => factor * power).find((one) => most / one <= 6) ?? 10 * power,
  );
  return Array.from({ length: Math.max(1, Math.ceil(most / step)) + 1 }, (_, index) => index * step);
}
