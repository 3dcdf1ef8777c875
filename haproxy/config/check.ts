import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { messageOf, UsherError } from '../../common/errors.ts';

/**
 * Has HAProxy itself check a configuration file, and all files that it names. Throws UsherError with HAProxy's
 * findings, each with file and line, when it would not start with it.
 */
export async function checkConfiguration(
  file: string,
  program = 'haproxy',
  signal?: AbortSignal,
): Promise<void> {
  try {
    const bounds = signal === undefined ? { timeout: 30_000 } : { timeout: 30_000, signal };
    await promisify(execFile)(program, ['-c', '-q', '-f', file], bounds);
  } catch (error) {
    throw new UsherError(`HAProxy refuses ${file}:\n${findings(error)}`, undefined, { cause: error });
  }
}

/** The lines that matter of what HAProxy wrote, or why it wrote none. */
function findings(error: unknown): string {
  const written = error instanceof Error && 'stderr' in error ? String(error.stderr) : '';
  const lines = written.split('\n').filter((line) => /^\[(ALERT|WARNING)\]/.test(line));
  return lines.length > 0 ? lines.join('\n') : messageOf(error);
}
