import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { messageOf, UsageError } from '../../../common/errors.ts';
import {
  makePolicy,
  type PolicyName,
  policyNames,
} from '../../../orchestrator/scaling/policies/make-policy.ts';
import { bridgesForPeak } from '../../../orchestrator/scaling/simulate/bridges-for-peak.ts';
import type { Contest } from '../../../orchestrator/scaling/simulate/compare.ts';
import type { SimulatedShard } from '../../../orchestrator/scaling/simulate/simulate.ts';
import {
  cutDays,
  inPeople,
  meanOf,
  minutesOf,
  parseTrace,
  scoredPart,
} from '../../../orchestrator/scaling/simulate/trace.ts';
import type { DayRange, Setting } from './parse-flags.ts';

/** The flags that say what is simulated. */
export interface PlanFlags {
  readonly trace: readonly string[];
  readonly policy?: readonly PolicyName[];
  readonly option: readonly Setting[];
  readonly unit: 'people' | 'any';
  readonly meanLoad?: number;
  readonly peoplePeak?: number;
  readonly days?: DayRange;
}

const usualMeanLoad = 400;
/** Policies learn from so many days before those that are chosen: an orchestrator that starts reads as much history. */
const mostWarmUpDays = 28;

/**
 * Every policy on every trace. `static` has as many bridges as its trace's highest value needs, unless told.
 *
 * @throws UsageError when a file or an option is wrong
 */
export async function planContests(
  flags: PlanFlags,
  shard: SimulatedShard & { readonly capacity: number },
): Promise<Contest[]> {
  const names = flags.policy ?? policyNames;
  if (flags.unit === 'people' && (flags.meanLoad ?? flags.peoplePeak) !== undefined)
    throw new UsageError(
      '--unit people: the values say how many there are, not --mean-load or --people-peak',
    );
  const idle = flags.option.find(({ policy }) => !names.includes(policy));
  if (idle) throw new UsageError(`--option ${idle.policy}.${idle.path.join('.')}: --policy does not name it`);
  const options = names.map((policy) => [policy, optionsOf(policy, flags.option)] as const);
  const files = [...new Set(flags.trace)];
  const traces = await Promise.all(files.map((file) => readPeople(file, flags)));
  const short = files.map((file) => basename(file, '.csv'));
  const areUnlike = new Set(short).size === short.length;
  return traces.flatMap((part, index) => {
    const name = (areUnlike ? short : files)[index] ?? '';
    const bridges = bridgesForPeak(scoredPart(part), shard.capacity);
    return options.map(([policy, chosen]) => {
      const set = policy === 'static' ? { bridges, ...chosen } : chosen;
      makePolicy(policy, set);
      return { name, ...part, policy, options: set, shard };
    });
  });
}

/** The trace of a file, in people: the days that are chosen, and those before them to learn from. */
async function readPeople(file: string, flags: PlanFlags): Promise<Pick<Contest, 'trace' | 'warmUpDays'>> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new UsageError(`--trace ${file}: ${messageOf(error)}`, { cause: error });
  });
  const trace = parseTrace(file, text);
  const { unit, meanLoad = usualMeanLoad, peoplePeak, days } = flags;
  if (minutesOf(trace) < 1440) throw new UsageError(`${file}: expected a day of it at least`);
  const mean = meanOf(trace.values);
  if (mean === 0) throw new UsageError(`${file}: all values are 0`);
  const peak = trace.values.reduce((highest, value) => Math.max(highest, value), 0);
  const people =
    unit === 'people'
      ? trace
      : inPeople(trace, peoplePeak === undefined ? meanLoad : (peoplePeak * mean) / peak);
  if (!days) return { trace: people };
  const whole = Math.floor(minutesOf(trace) / 1440);
  if (days.to > whole)
    throw new UsageError(`--days: ${file} has ${whole} whole days; found ${days.from}..${days.to}`);
  const warmUpDays = Math.min(days.from - 1, mostWarmUpDays);
  const part = { trace: cutDays(people, days.from - 1 - warmUpDays, days.to), warmUpDays };
  if (meanOf(scoredPart(part).values) === 0)
    throw new UsageError(`--days: all values of ${file} are 0 on ${days.from}..${days.to}`);
  return part;
}

function optionsOf(name: PolicyName, settings: readonly Setting[]): object {
  const options = {};
  for (const { path, value } of settings.filter(({ policy }) => policy === name)) put(options, path, value);
  return options;
}

function put(into: Record<string, unknown>, [key = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    into[key] = value;
    return;
  }
  const inner: Record<string, unknown> = Object(into[key]);
  into[key] = inner;
  put(inner, rest, value);
}
