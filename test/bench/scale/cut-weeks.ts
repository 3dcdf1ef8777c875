import type { Trace } from '../../../orchestrator/scaling/simulate/trace.ts';

const dayMs = 86_400_000;
const hourMs = 3_600_000;

/**
 * A short trace that stands for a long one: the weeks with the steepest hours, and others down to the flattest, one after
 * the other in their order. They begin on the weekday of the whole, for its dates are lost.
 */
export function cutWeeks(trace: Trace, weeks: number): Trace {
  const perWeek = (7 * dayMs) / trace.stepMs;
  const count = Math.floor(trace.values.length / perWeek);
  if (count <= weeks) return trace;
  const all = Array.from({ length: count }, (_, week) =>
    trace.values.slice(week * perWeek, (week + 1) * perWeek),
  );
  const steepest = all
    .map((values, week) => ({ week, steepness: steepnessOf(values, hourMs / trace.stepMs) }))
    .toSorted((a, b) => b.steepness - a.steepness);
  const places = Array.from({ length: weeks }, (_, place) => Math.round((place * (count - 1)) / (weeks - 1)));
  const chosen = new Set(places.map((place) => steepest[place]?.week));
  return { ...trace, values: all.filter((_, week) => chosen.has(week)).flat() };
}

/** The highest rise within an hour, or within a step that is longer. */
function steepnessOf(values: readonly number[], perHour: number): number {
  const apart = Math.max(1, Math.round(perHour));
  return values.reduce((most, value, at) => Math.max(most, value - (values[at - apart] ?? value)), 0);
}
