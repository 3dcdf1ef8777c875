import { stepMs } from '../../../orchestrator/scaling/forecast/step.ts';
import { ownTraces, readTraces } from '../scale/traces.ts';
import { loadSeries } from './load-series.ts';
import { type Accuracy, measure } from './measure.ts';
import { methods } from './methods.ts';

export interface ForecastBenchOptions {
  readonly json: boolean;
  /** A folder of CSV files as `parseTrace` takes them; the small synthetic ones of this repository unless given. */
  readonly traces?: string;
}

/** Accuracies by trace and method. */
export type ForecastResult = Readonly<Record<string, Readonly<Record<string, Accuracy>>>>;

/** Every method on every trace, 15 minutes ahead, from nothing. */
export async function forecastBench({
  json,
  traces: folder = ownTraces,
}: ForecastBenchOptions): Promise<ForecastResult> {
  const result: Record<string, Record<string, Accuracy>> = {};
  for (const { name, trace } of await readTraces(folder)) {
    const loads = loadSeries(trace, 1);
    const entries = Object.entries(methods).map(([method, make]) => {
      return [method, measure(make(), loads, trace.startMs, stepMs)] as const;
    });
    result[name] = Object.fromEntries(entries);
    if (json) continue;
    process.stdout.write(
      `${name}\n${entries.map(([method, accuracy]) => describe(method, accuracy)).join('')}`,
    );
  }
  return result;
}

function describe(name: string, { wapePct, pinballPct, coveragePct, microsecondsPerStep }: Accuracy): string {
  const figures = [`WAPE ${wapePct.toFixed(1)} %`, `pinball ${pinballPct.toFixed(2)} %`];
  figures.push(`97.5 % covers ${coveragePct.toFixed(1)} %`, `${microsecondsPerStep.toFixed(1)} us`);
  return `  ${name.padEnd(30)}${figures.join('  ')}\n`;
}
