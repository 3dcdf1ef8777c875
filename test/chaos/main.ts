import { parseArgs } from 'node:util';
import { messageOf } from '../../common/errors.ts';
import { Progress } from '../demo/progress.ts';
import { allFaults } from './faults/all.ts';
import type { Fault } from './faults/fault.ts';
import { runSeed } from './run-seed.ts';
import { describeSummary, isClean, summarize } from './summary.ts';

const usage = `usage: npm run -s chaos -- [--seed N] [--minutes M] [--only KIND,...] [--double] [--json]
kinds: ${allFaults.map(({ kind }) => kind).join(', ')}
`;

const stop = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const)
  process.once(name, () => stop.abort(new Error('interrupted')));

/** One run by the command line's flags; true when nothing was violated, or nothing was to be proved. */
async function main(): Promise<boolean> {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: '1' },
      minutes: { type: 'string', default: '3' },
      only: { type: 'string' },
      double: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const progress = new Progress();
  const result = await runSeed(
    {
      seed: positive('seed', values.seed),
      forMs: positive('minutes', values.minutes) * 60_000,
      double: values.double,
      ...(values.only !== undefined && { faults: values.only.split(',').map(faultOf) }),
      say: (line) => progress.say(line),
    },
    stop.signal,
  );
  const summary = summarize([result]);
  process.stdout.write(values.json ? `${JSON.stringify(summary, undefined, 2)}\n` : describeSummary(summary));
  return values.double || isClean(summary);
}

function faultOf(kind: string): Fault {
  const fault = allFaults.find((one) => one.kind === kind);
  if (fault) return fault;
  throw new TypeError(`--only ${kind}: there is no such kind`);
}

function positive(option: string, text: string): number {
  const value = Number(text);
  if (value > 0 && Number.isFinite(value)) return value;
  throw new TypeError(`--${option} ${text}: expected a number above 0`);
}

try {
  process.exitCode = (await main()) ? 0 : 1;
} catch (error) {
  process.stderr.write(`chaos: ${messageOf(error)}\n${error instanceof TypeError ? usage : ''}`);
  process.exitCode = error instanceof TypeError ? 2 : 1;
}
