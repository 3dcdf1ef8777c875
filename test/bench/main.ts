import { parseArgs } from 'node:util';
import { messageOf } from '../../common/errors.ts';

interface BenchOptions {
  json: boolean;
  /** Of the chaos: fleets, and minutes over all of them. Of scaling: worlds. */
  seeds?: number;
  minutes?: number;
  /** Of scaling and forecast: a folder of traces. */
  traces?: string;
  /** Of scaling: rivals' candidates, and where what was simulated is kept. */
  draws?: number;
  cache?: string;
  /** Of scaling: these rivals alone. */
  rivals?: string[];
  /** Of the cluster and of a scaling step: their sizes, and the bridges of each shard. */
  shards?: number[];
  bridges?: number;
}

/** Every benchmark by name. It prints for people, or returns the one JSON document of `--json`. */
const benches: Record<string, () => Promise<(options: BenchOptions) => Promise<unknown>>> = {
  chaos: async () => (await import('./chaos/bench.ts')).chaosBench,
  forecast: async () => (await import('./forecast/bench.ts')).forecastBench,
  cluster: async () => (await import('./cluster/bench.ts')).clusterBench,
  runtime: async () => (await import('./runtime.ts')).runtimeBench,
  scale: async () => (await import('./scale/bench.ts')).scaleBench,
  'scale-step': async () => (await import('./scale-step/bench.ts')).scaleStepBench,
  split: async () => (await import('./split/bench.ts')).splitBench,
};

const { values, positionals } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    seeds: { type: 'string' },
    minutes: { type: 'string' },
    traces: { type: 'string' },
    draws: { type: 'string' },
    cache: { type: 'string' },
    rivals: { type: 'string' },
    shards: { type: 'string' },
    bridges: { type: 'string' },
  },
  allowPositionals: true,
});
const load = benches[positionals[0] ?? ''];
if (!load) {
  process.stderr.write(
    `usage: npm run -s bench -- ${Object.keys(benches).join('|')} [--json]; chaos also takes --seeds N --minutes M, cluster and scale-step --shards N,M --bridges N, forecast --traces DIR, scale --traces DIR --seeds N --draws N --rivals A,B --cache DIR (simulated runs are kept there, in ~/.cache/usher/bench-scale unless given: a run that was ended goes on)\n`,
  );
  process.exitCode = 2;
} else {
  try {
    const bench = await load();
    const result = await bench({
      json: values.json,
      ...(values.seeds !== undefined && { seeds: positive('seeds', values.seeds) }),
      ...(values.traces !== undefined && { traces: values.traces }),
      ...(values.draws !== undefined && { draws: positive('draws', values.draws) }),
      ...(values.cache !== undefined && { cache: values.cache }),
      ...(values.rivals !== undefined && { rivals: values.rivals.split(',') }),
      ...(values.minutes !== undefined && { minutes: positive('minutes', values.minutes) }),
      ...(values.shards !== undefined && {
        shards: values.shards.split(',').map((count) => positive('shards', count)),
      }),
      ...(values.bridges !== undefined && { bridges: positive('bridges', values.bridges) }),
    });
    if (values.json) process.stdout.write(`${JSON.stringify(result, undefined, 2)}\n`);
  } catch (error) {
    process.stderr.write(`bench ${positionals[0]}: ${messageOf(error)}\n`);
    process.exitCode = 1;
  }
}

function positive(option: string, text: string): number {
  const value = Number(text);
  if (value > 0 && Number.isFinite(value)) return value;
  throw new Error(`--${option} ${text}: expected a number above 0`);
}
