import { type Command, InvalidArgumentError, Option } from 'commander';

/** The flags of a command that changes something. */
export interface ChangeFlags {
  readonly dryRun?: true;
  readonly wait?: true;
  /** Seconds. */
  readonly timeout: number;
}

/** Adds `--dry-run`. */
export function addDryRun(command: Command): Command {
  return command.option('--dry-run', 'say what would be done, and do nothing');
}

/** Adds the flags of `ChangeFlags`. */
export function addChangeFlags(command: Command, timeoutSeconds: number): Command {
  return addDryRun(command)
    .option('--wait', 'wait until it is so, and show the progress')
    .addOption(
      new Option('--timeout <seconds>', 'how long to wait; implies --wait')
        .argParser(wholeNumber)
        .default(timeoutSeconds)
        .implies({ wait: true }),
    );
}

/** Reads a whole number above 0. */
export function wholeNumber(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('A whole number above 0 is expected.');
}
