import { UsageError } from '../../../common/errors.ts';

/** How much there was to do over time, evenly spaced, without gaps. */
export interface Trace {
  /** Wall-clock time of the first value, in milliseconds as if it were UTC: traces know hours and weekdays, no zones. */
  readonly startMs: number;
  readonly stepMs: number;
  /** Of any unit; what counts is their proportion. */
  readonly values: readonly number[];
}

/**
 * Reads a trace of lines `timestamp,value`, the first of them a heading.
 *
 * @param file is named in messages
 * @throws UsageError naming the line that is wrong
 */
export function parseTrace(file: string, text: string): Trace {
  const lines = text.trimEnd().split('\n').slice(1);
  const rows = lines.map((line, index) => parseRow(`${file}:${index + 2}`, line));
  const [first, second] = rows;
  if (!first || !second) throw new UsageError(`${file}: expected at least two values below the heading`);
  const stepMs = second.at - first.at;
  const odd = rows.findIndex(({ at }, index) => at !== first.at + index * stepMs);
  if (stepMs <= 0 || odd !== -1) {
    const line = Math.max(odd, 1) + 2;
    throw new UsageError(`${file}:${line}: expected evenly spaced times, ${stepMs / 60_000} min apart`);
  }
  return { startMs: first.at, stepMs, values: rows.map(({ value }) => value) };
}

/** How long it goes on, in minutes. */
export function minutesOf({ values, stepMs }: Trace): number {
  return (values.length * stepMs) / 60_000;
}

/** The mean of its values. */
export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

/** The same course with people for values, so many on average. */
export function inPeople(trace: Trace, mean: number): Trace {
  const factor = mean / meanOf(trace.values);
  return { ...trace, values: trace.values.map((value) => value * factor) };
}

/** The days from the `from`th to before the `to`th, counted from 0. */
export function cutDays(trace: Trace, from: number, to: number): Trace {
  const perDay = 86_400_000 / trace.stepMs;
  const startMs = trace.startMs + from * 86_400_000;
  return { ...trace, startMs, values: trace.values.slice(from * perDay, to * perDay) };
}

function parseRow(place: string, line: string): { at: number; value: number } {
  const [time = '', text = ''] = line.split(',');
  const at = Date.parse(`${time.length === 16 ? `${time}:00` : time}Z`);
  const value = Number(text);
  if (Number.isFinite(at) && text.trim() !== '' && Number.isFinite(value) && value >= 0) return { at, value };
  throw new UsageError(
    `${place}: expected a time and a value of 0 or more, as in 2026-03-02T09:05,118; found "${line}"`,
  );
}
