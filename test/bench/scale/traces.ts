import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inPeople, parseTrace, type Trace } from '../../../orchestrator/scaling/simulate/trace.ts';

/** Eight weeks each, made up: an office with two days off, and evenings. */
export const ownTraces = fileURLToPath(new URL('../traces', import.meta.url));

/** With these means of people the traces of scaling.md have its fluid bounds; 400 people are four bridges full. */
const meanLoads: Readonly<Record<string, number>> = {
  bank_calls_5min: 370,
  nyc_taxi_30min: 733,
  melb_pedestrian_60min: 308,
};
const usualMeanLoad = 400;

/** A trace, in people. */
export interface BenchTrace {
  readonly name: string;
  readonly trace: Trace;
}

/** All traces of a folder, by name. */
export async function readTraces(folder: string): Promise<BenchTrace[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.csv')).toSorted();
  return Promise.all(files.map((file) => readTrace(join(folder, file))));
}

/**
 * The trace of a file.
 *
 * @throws UsageError naming the line that is wrong
 */
async function readTrace(path: string): Promise<BenchTrace> {
  const name = basename(path, '.csv');
  const trace = parseTrace(path, await readFile(path, 'utf8'));
  return { name, trace: inPeople(trace, meanLoads[name] ?? usualMeanLoad) };
}
