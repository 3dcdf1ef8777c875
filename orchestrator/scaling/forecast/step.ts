/** Forecasts go by steps of this length, in milliseconds. */
export const stepMs = 300_000;
/** Steps of an hour, of a day and of a week. */
export const hourSteps = 12;
export const daySteps = 288;
export const weekSteps = 7 * daySteps;

const dayMs = daySteps * stepMs;

/**
 * A step by its number since the epoch, in wall-clock time as if that were UTC: people keep hours and weekdays, through
 * summer time too.
 */
export function stepOf(wallMs: number): number {
  return Math.floor(wallMs / stepMs);
}

/** Which step of the week it is, from 0; the epoch began on a Thursday. */
export function stepOfWeek(step: number): number {
  return modulo(step, weekSteps);
}

/** Which step of the day it is, from 0; weekend days follow behind the weekdays' as days of a kind of their own. */
export function stepOfDay(step: number): number {
  return modulo(step, daySteps) + (isWeekend(step) ? daySteps : 0);
}

/** Which hour of the day, 0 to 23, and 24 to 47 at weekends. */
export function hourOfDay(step: number): number {
  return Math.floor(stepOfDay(step) / 12);
}

/** Which step of the hour it is, from 0. */
export function stepOfHour(step: number): number {
  return modulo(step, hourSteps);
}

function isWeekend(step: number): boolean {
  const weekday = modulo(Math.floor((step * stepMs) / dayMs) + 4, 7);
  return weekday === 0 || weekday === 6;
}

function modulo(value: number, divisor: number): number {
  return ((value % divisor) + divisor) % divisor;
}
