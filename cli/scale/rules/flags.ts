import { type Command, InvalidArgumentError, Option } from 'commander';
import type { z } from 'zod';
import { moment, weekdays } from '../../../orchestrator/scaling/rules/schema.ts';
import { duration } from '../../duration.ts';

const dayNames: readonly string[] = weekdays;

/** When something is over. */
export interface UntilFlags {
  readonly dryRun?: true;
  /** Milliseconds. */
  readonly for?: number;
  readonly until?: string;
}

/** Adds the shard that is meant: every one, unless it is named. */
export function addShard(command: Command): Command {
  return command.argument('[shard]', 'its name; "*" is every shard', '*');
}

/** Adds `--for`. */
export function addFor(command: Command): Command {
  return command.addOption(
    new Option('--for <time>', 'for so long from now, as in 2h').argParser(duration).conflicts('until'),
  );
}

/** Reads what a schema of the orchestrator takes, so that what is wrong is told of its flag. */
export function fitting(schema: z.ZodType<string>): (text: string) => string {
  return (text) => {
    const { error } = schema.safeParse(text);
    if (!error) return text;
    const message = error.issues[0]?.message ?? error.message;
    throw new InvalidArgumentError(`${message.charAt(0).toUpperCase()}${message.slice(1)}.`);
  };
}

/** Adds `--until`. */
export function addUntil(command: Command): Command {
  return command.addOption(
    new Option('--until <time>', 'until then; without an offset by the clocks of its time zone').argParser(
      fitting(moment),
    ),
  );
}

/** The time at which it is over, as the API takes it; undefined: never. */
export function untilOf(flags: UntilFlags): string | undefined {
  return flags.for === undefined ? flags.until : new Date(Date.now() + flags.for).toISOString();
}

/** Reads a number above 0. */
export function amount(text: string): number {
  const number = Number(text);
  if (/^\d/.test(text) && number > 0) return number;
  throw new InvalidArgumentError('A number above 0 is expected.');
}

/** Reads a whole number. */
export function integer(text: string): number {
  if (/^-?\d{1,6}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('A whole number is expected.');
}

/** Reads days of the week: `mon-fri`, `sat,sun`. */
export function days(text: string): string[] {
  return text.split(',').flatMap((part) => {
    const [first = '', last = first] = part.trim().split('-');
    const [start, end] = [first, last].map((name) => dayNames.indexOf(name));
    if (start === undefined || end === undefined || start < 0 || end < 0) {
      throw new InvalidArgumentError(`Days are expected, as in mon-fri or sat,sun: ${weekdays.join(', ')}.`);
    }
    const count = ((end - start + weekdays.length) % weekdays.length) + 1;
    return Array.from({ length: count }, (_, index) => weekdays[(start + index) % weekdays.length] ?? '');
  });
}
