import { parseArgs } from 'node:util';
import { messageOf } from '../../common/errors.ts';

/** Every benchmark by name. It prints for people, or returns the one JSON document of `--json`. */
const benches: Record<string, () => Promise<(options: { json: boolean }) => Promise<unknown>>> = {
  runtime: async () => (await import('./runtime.ts')).runtimeBench,
  split: async () => (await import('./split/bench.ts')).splitBench,
};

const { values, positionals } = parseArgs({
  options: { json: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const load = benches[positionals[0] ?? ''];
if (!load) {
  process.stderr.write(`usage: npm run -s bench -- ${Object.keys(benches).join('|')} [--json]\n`);
  process.exitCode = 2;
} else {
  try {
    const bench = await load();
    const result = await bench({ json: values.json });
    if (values.json) process.stdout.write(`${JSON.stringify(result, undefined, 2)}\n`);
  } catch (error) {
    process.stderr.write(`bench ${positionals[0]}: ${messageOf(error)}\n`);
    process.exitCode = 1;
  }
}
