import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { messageOf, UsageError, UsherError } from '../../common/errors.ts';

const run = promisify(execFile);
/** A hook of the repository's may take its time. */
const timeoutMs = 300_000;

/**
 * What git prints, run in `folder`.
 *
 * @throws UsageError when there is no git or no repository, UsherError with git's words when it fails
 */
export async function git(folder: string, words: readonly string[], signal: AbortSignal): Promise<string> {
  try {
    return (await run('git', ['-C', folder, ...words], { signal, timeout: timeoutMs })).stdout;
  } catch (error) {
    signal.throwIfAborted();
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : messageOf(error);
    if (/not a git repository/.test(said))
      throw new UsageError(`--commit: ${folder} is in no git repository`);
    throw new UsherError(`git ${words[0]} fails: ${said || messageOf(error)}`, undefined, { cause: error });
  }
}
