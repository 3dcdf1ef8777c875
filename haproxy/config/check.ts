import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { messageOf, UsherError } from '../../common/errors.ts';

/**
 * Has HAProxy itself check a configuration file, and all files that it names; resolves to its warnings. Throws
 * UsherError with HAProxy's findings, each with file and line, when it would not start with it.
 */
export async function checkConfiguration(
  file: string,
  program = 'haproxy',
  signal?: AbortSignal,
): Promise<string[]> {
  try {
    const bounds = signal === undefined ? { timeout: 30_000 } : { timeout: 30_000, signal };
    return findings((await promisify(execFile)(program, ['-c', '-f', file], bounds)).stderr);
  } catch (error) {
    const found = error instanceof Error && 'stderr' in error ? findings(String(error.stderr)) : [];
    const text = found.length > 0 ? found.join('\n') : messageOf(error);
    throw new UsherError(`HAProxy refuses ${file}:\n${text}`, undefined, { cause: error });
  }
}

/** The lines that matter of what HAProxy wrote. */
function findings(written: string): string[] {
  return written.split('\n').filter((line) => /^\[(ALERT|WARNING)\]/.test(line));
}
