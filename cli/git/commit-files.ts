import { resolve } from 'node:path';
import { UsageError } from '../../common/errors.ts';
import { git } from './git.ts';

/** A file whose last commit differs from what stands there. */
export interface UncommittedFile {
  /** From the top of the repository. */
  readonly path: string;
  /** In the index, and not only in the file itself. */
  readonly staged: boolean;
}

/** Which of these files and folders git has not as they are; throws as `git` does. */
export async function uncommittedFiles(
  folder: string,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<UncommittedFile[]> {
  const words = ['status', '--porcelain', '-z', '--no-renames', '--untracked-files=all', '--'];
  const status = await git(folder, [...words, ...paths.map((path) => resolve(path))], signal);
  // `XY path`: X is the index's, Y the file's own, and a new file has `??`.
  const entries = status.split('\0').filter((entry) => entry !== '');
  return entries.map((entry) => ({ path: entry.slice(3), staged: !/^[ ?]/.test(entry) }));
}

/** A UsageError that names files which a commit would take along although nobody here has written them. */
export function refuseUncommitted(files: readonly UncommittedFile[]): void {
  if (files.length === 0) return;
  const lines = files.map(({ path, staged }) => `${path}${staged ? ' (staged)' : ''}`);
  throw new UsageError(
    `--commit: these files have changes of their own; commit or undo them first\n  ${lines.join('\n  ')}`,
  );
}

/** Commits these files as they are and nothing else, whatever else is staged. */
export async function commitFiles(
  folder: string,
  files: readonly UncommittedFile[],
  message: string,
  signal: AbortSignal,
): Promise<void> {
  const paths = files.map(({ path }) => `:(top,literal)${path}`);
  // Without it, git does not know a new file by its name.
  await git(folder, ['add', '--all', '--', ...paths], signal);
  await git(folder, ['commit', '--quiet', '--only', '-m', message, '--', ...paths], signal);
}
