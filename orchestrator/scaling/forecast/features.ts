import type { History } from './history.ts';
import { daySteps, weekSteps } from './step.ts';

/** Over which of the coming steps a forecast goes. */
export interface Span {
  /** Counted from now, 1 for the next; both included. */
  readonly from: number;
  readonly to: number;
}

/** Where a regression on `featuresOf` starts: the load now, plus what it usually gains until then. */
export const seasonalIncrement: readonly number[] = [0, 1, 0, 0, 0.5, -0.5, 0.5, -0.5, 0, 0];

/** A day that was further off than this share of what is usual was a day of another kind, and says nothing of today. */
const otherDay = 0.25;

/**
 * What the highest load of `span` is explained by: 1; the load now, its change over one step and over three; what is
 * usual then and now by the week, and by the day; how yesterday and last week differed from it then, unless they were
 * holidays.
 */
export function featuresOf(history: History, span: Span): number[] {
  const now = history.rootAgo(0);
  const highest = (at: (ahead: number) => number | undefined) => highestOf(span, at);
  const day = pair(
    highest((ahead) => history.usualOfDay(history.step + ahead)),
    history.usualOfDay(history.step),
  ) ?? [now, now];
  const week = pair(
    highest((ahead) => history.usualOfWeek(history.step + ahead)),
    history.usualOfWeek(history.step),
  ) ?? [now + day[0] - day[1], now];
  const before = (steps: number, usual: number) => {
    if (history.length <= steps) return 0;
    const off = highestOf(span, (ahead) => history.rootAgo(steps - ahead)) - usual;
    return Math.abs(off) > otherDay * usual ? 0 : off;
  };
  return [
    1,
    now,
    history.length > 1 ? now - history.rootAgo(1) : 0,
    history.length > 3 ? now - history.rootAgo(3) : 0,
    ...week,
    ...day,
    before(daySteps, day[0]),
    before(weekSteps, week[0]),
  ];
}

/** NaN unless something is known of every step. */
function highestOf({ from, to }: Span, at: (ahead: number) => number | undefined): number {
  let highest = Number.NEGATIVE_INFINITY;
  for (let ahead = from; ahead <= to; ahead += 1) highest = Math.max(highest, at(ahead) ?? Number.NaN);
  return highest;
}

function pair(then: number, now: number | undefined): [number, number] | undefined {
  return Number.isNaN(then) || now === undefined ? undefined : [then, now];
}
