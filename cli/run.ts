import { CommanderError } from 'commander';
import { type ExitCode, exitCodes, messageOf, UsherError } from '../common/errors.ts';
import { createProgram } from './program.ts';
import type { Terminal } from './terminal.ts';

/** Runs one command line, without the program's name; every error becomes a message and an exit code here. */
export async function run(words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  try {
    await createProgram(terminal).parseAsync(words, { from: 'user' });
    return exitCodes.ok;
  } catch (error) {
    return report(error, terminal);
  }
}

function report(error: unknown, { stderr, signal }: Terminal): ExitCode {
  if (error instanceof CommanderError) {
    // Commander has said it already; asking for help or the version is no error.
    return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
  }
  if (error instanceof UsherError) {
    stderr.write(`usher: ${error.message}\n`);
    return error.exitCode;
  }
  if (signal.aborted) {
    stderr.write('usher: interrupted\n');
    return exitCodes.failure;
  }
  const trace = error instanceof Error ? error.stack : undefined;
  stderr.write(`usher: a defect of usher: ${trace ?? messageOf(error)}\n`);
  return exitCodes.failure;
}
