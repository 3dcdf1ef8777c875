import type { Command, Option } from 'commander';
import { fleetNames } from './fleet-names.ts';

/** Where in the tree of commands the word begun stands. */
interface Place {
  readonly command: Command;
  /** The option whose value it is. */
  readonly option: Option | undefined;
  /** How many arguments stand before it. */
  readonly argument: number;
}

/** The words that may stand in place of the last of `words`, which follow the program's name. */
export async function complete(program: Command, words: readonly string[]): Promise<string[]> {
  const begun = words.at(-1) ?? '';
  const place = placeAfter(program, words.slice(0, -1));
  const candidates = await candidatesAt(place, begun, words);
  return candidates.filter((word) => word.startsWith(begun));
}

function placeAfter(program: Command, words: readonly string[]): Place {
  let command = program;
  let argument = 0;
  let option: Option | undefined;
  for (const word of words) {
    const sub = command.commands.find((one) => one.name() === word);
    if (option) option = undefined;
    else if (word.startsWith('-'))
      option = optionsOf(command).find((one) => one.required && [one.long, one.short].includes(word));
    else if (sub) command = sub;
    else argument += 1;
  }
  return { command, option, argument };
}

async function candidatesAt(place: Place, begun: string, words: readonly string[]): Promise<string[]> {
  const { command, option, argument } = place;
  if (option?.argChoices) return choicesAfter(option, option.argChoices, begun);
  if (option) return fleetNames(option.attributeName(), words);
  if (begun.startsWith('-')) return optionsOf(command).map((one) => one.long ?? one.flags);
  const last = command.registeredArguments.at(-1);
  const expected = command.registeredArguments[argument] ?? (last?.variadic ? last : undefined);
  const values = expected?.argChoices ?? (expected ? await fleetNames(expected.name(), words) : []);
  const help = command.createHelp();
  return [...help.visibleCommands(command).map((one) => one.name()), ...values];
}

/** The choices of an option; after a comma those that are not named yet, where the option takes several. */
function choicesAfter(option: Option, choices: readonly string[], begun: string): string[] {
  const named = begun.split(',').slice(0, -1);
  const left = choices.filter((choice) => !named.includes(choice));
  const values = left.map((choice) => [...named, choice].join(','));
  return named.length === 0 ? values : values.filter((value) => takes(option, value));
}

function takes(option: Option, value: string): boolean {
  try {
    option.parseArg?.(value, undefined);
    return true;
  } catch {
    return false;
  }
}

/** The options that a command takes, its ancestors' included. */
function optionsOf(command: Command): Option[] {
  const help = command.createHelp();
  return [...help.visibleOptions(command), ...(command.parent ? optionsOf(command.parent) : [])];
}
