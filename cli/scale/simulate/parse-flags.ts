import { InvalidArgumentError } from 'commander';
import type { PolicyName } from '../../../orchestrator/scaling/policies/make-policy.ts';
import {
  type Faults,
  fewFaults,
  manyFaults,
  noFaults,
} from '../../../orchestrator/scaling/simulate/faults.ts';
import { duration } from '../../duration.ts';
import { wholeNumber } from '../../flags.ts';
import { policyNamed } from '../policies-option.ts';

/** One option of a policy, as typed. */
export interface Setting {
  readonly policy: PolicyName;
  /** The keys that lead to it. */
  readonly path: readonly string[];
  readonly value: unknown;
}

/** Days of a trace, counted from 1, both included. */
export interface DayRange {
  readonly from: number;
  readonly to: number;
}

/** Reads words with commas between them. */
export function list(text: string): string[] {
  const words = text.split(',').map((word) => word.trim());
  if (words.includes('')) throw new InvalidArgumentError('Names with commas between them are expected.');
  return words;
}

/** Reads a number above 0. */
export function amount(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value > 0 && Number.isFinite(value)) return value;
  throw new InvalidArgumentError('A number above 0 is expected.');
}

const mostSeeds = 1_000;

/** Reads how many crowds. */
export function seeds(text: string): number {
  const count = wholeNumber(text);
  if (count <= mostSeeds) return count;
  throw new InvalidArgumentError(`At most ${mostSeeds} are expected.`);
}

/** A bridge that takes longer to start follows no load. */
const longestBootMs = 3_600_000;

/** Reads how long a bridge takes to start, in milliseconds. */
export function boot(text: string): number {
  const ms = duration(text);
  if (ms <= longestBootMs) return ms;
  throw new InvalidArgumentError('At most 1h is expected: bridges start in minutes.');
}

/** Reads `from..to`. */
export function dayRange(text: string): DayRange {
  const [, from, to] = /^([1-9]\d{0,4})\.\.([1-9]\d{0,4})$/.exec(text) ?? [];
  const range = { from: Number(from), to: Number(to) };
  if (range.from <= range.to) return range;
  throw new InvalidArgumentError('Days are expected, counted from 1, as in 15..28.');
}

/** Reads `policy.key=value` after those read before; a value is JSON or a word. */
export function setting(text: string, before: readonly Setting[]): Setting[] {
  const [, name = '', path = '', value = ''] =
    /^([a-z-]+)\.([A-Za-z]+(?:\.[A-Za-z]+)*)=(.+)$/s.exec(text) ?? [];
  if (path === '') throw new InvalidArgumentError('As in hpa.target=0.6 is expected.');
  return [...before, { policy: policyNamed(name), path: path.split('.'), value: jsonOrWord(value) }];
}

const named: Readonly<Record<string, Faults>> = { none: noFaults, few: fewFaults, many: manyFaults };
const keys = {
  gaps: ['gaps', 1],
  'failed-starts': ['failedStarts', 0.9],
  'crashes-per-day': ['crashesPerDay', 1440],
  'restarts-per-hour': ['restartsPerHour', 30],
} as const satisfies Record<string, readonly [keyof Faults, most: number]>;

/** Reads faults by their name, or one by one; those that are not named do not happen. */
export function faults(text: string): Faults {
  return named[text] ?? Object.assign({ ...noFaults }, ...list(text).map(fault));
}

function fault(word: string): Partial<Faults> {
  const [key = '', text = ''] = word.split('=');
  const [name, most] = Object.hasOwn(keys, key) ? keys[key as keyof typeof keys] : [];
  if (!name)
    throw new InvalidArgumentError(
      `None, few, many or some of ${Object.keys(keys).join(', ')} are expected.`,
    );
  const value = Number(text);
  if (text !== '' && value >= 0 && value <= most) return { [name]: value };
  throw new InvalidArgumentError(`${key}: a number from 0 to ${most} is expected.`);
}

function jsonOrWord(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
