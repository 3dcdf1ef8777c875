import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseTrace, type Trace } from '../../../orchestrator/scaling/simulate/trace.ts';

/** A trace and how many people it stands for. */
export interface BenchTrace {
  readonly name: string;
  readonly trace: Trace;
  /** People on average over the whole trace. */
  readonly meanLoad: number;
}

/** Eight weeks each, made up: an office with two days off, and evenings. */
export const ownTraces = fileURLToPath(new URL('../traces', import.meta.url));

/** With these means the traces of scaling.md have its fluid bounds; 400 people are four bridges full. */
const meanLoads: Readonly<Record<string, number>> = {
  bank_calls_5min: 370,
  nyc_taxi_30min: 733,
  melb_pedestrian_60min: 308,
};
const usualMeanLoad = 400;

/** All traces of a folder, by name. */
export async function readTraces(folder: string): Promise<BenchTrace[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.csv')).toSorted();
  return Promise.all(files.map((file) => readTrace(join(folder, file))));
}

/** @throws UsageError naming the line that is wrong */
export async function readTrace(path: string): Promise<BenchTrace> {
  const name = basename(path, '.csv');
  const trace = parseTrace(path, await readFile(path, 'utf8'));
  return { name, trace, meanLoad: meanLoads[name] ?? usualMeanLoad };
}

/** A part of a trace, at the height that it has in the whole. */
export function cutTrace({ name, trace, meanLoad }: BenchTrace, fromDay: number, toDay: number): BenchTrace {
  const perDay = 86_400_000 / trace.stepMs;
  const values = trace.values.slice(fromDay * perDay, toDay * perDay);
  const height = meanOf(values) / meanOf(trace.values);
  const startMs = trace.startMs + fromDay * 86_400_000;
  return { name, trace: { ...trace, startMs, values }, meanLoad: meanLoad * height };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
