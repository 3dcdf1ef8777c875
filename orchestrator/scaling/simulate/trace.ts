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
  const [heading = '', ...lines] = text.trimEnd().split('\n');
  if (rowOf(heading)) throw new UsageError(`${file}:1: expected a heading; found "${heading.trim()}"`);
  const rows = lines.map((line, index) => parseRow(`${file}:${index + 2}`, line));
  const [first, second] = rows;
  if (!first || !second) throw new UsageError(`${file}: expected at least two values below the heading`);
  const stepMs = second.at - first.at;
  if (stepMs <= 0) throw new UsageError(`${file}:3: expected a time after the one above`);
  const odd = rows.findIndex(({ at }, index) => at !== first.at + index * stepMs);
  if (odd !== -1) {
    const apart = `evenly spaced times, ${stepMs / 60_000} min apart as the first two`;
    const due = new Date(first.at + odd * stepMs).toISOString().slice(0, 16);
    throw new UsageError(`${file}:${odd + 2}: expected ${apart}: ${due}; a gap is yours to fill`);
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

/** The part of a trace that is scored: what comes after the days that are there to learn from. */
export function scoredPart(run: { readonly trace: Trace; readonly warmUpDays?: number }): Trace {
  const { trace, warmUpDays = 0 } = run;
  return warmUpDays === 0 ? trace : cutDays(trace, warmUpDays, Number.POSITIVE_INFINITY);
}

interface Row {
  readonly at: number;
  readonly value: number;
}

function parseRow(place: string, line: string): Row {
  const row = rowOf(line);
  if (row) return row;
  throw new UsageError(
    `${place}: expected a time without a zone and a value of 0 or more, as in 2026-03-02T09:05,118; found "${line.trim()}"`,
  );
}

function rowOf(line: string): Row | undefined {
  const [time = '', text = ''] = line.split(',');
  const at = Date.parse(`${time.length === 16 ? `${time}:00` : time}Z`);
  const value = Number(text);
  const isRow = Number.isFinite(at) && text.trim() !== '' && Number.isFinite(value) && value >= 0;
  return isRow ? { at, value } : undefined;
}
