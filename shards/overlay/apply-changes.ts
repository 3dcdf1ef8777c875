import { mkdir, open, readFile, rename, rmdir, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { messageOf, UsageError, UsherError } from '../../common/errors.ts';
import type { TextChange } from './text-change.ts';

type Step = () => Promise<unknown>;

/**
 * Makes the changes in their order, each by a rename, so that a reader sees the old file or the new one. If
 * one fails, those before it are undone and an UsherError says which failed. A UsageError, with nothing
 * changed, if a file is no longer what the plan was made from.
 */
export async function applyChanges(changes: readonly TextChange[]): Promise<void> {
  for (const { path, before } of changes) {
    if ((await textOf(path)) === before) continue;
    throw new UsageError(`${path} was changed by someone else meanwhile; nothing was done, try again`);
  }
  const undos: Step[] = [];
  const cleanups: Step[] = [];
  try {
    for (const { path, before, after } of changes) {
      if (after === undefined) await removeFile(path, undos, cleanups);
      else await writeFile(path, before, after, undos);
    }
  } catch (error) {
    for (const undo of undos.reverse()) await undo().catch(() => undefined);
    throw new UsherError(`${messageOf(error)}; everything is as it was`, undefined, { cause: error });
  }
  for (const cleanup of cleanups) await cleanup();
}

async function writeFile(
  path: string,
  before: string | undefined,
  after: string,
  undos: Step[],
): Promise<void> {
  const made = await mkdir(dirname(path), { recursive: true });
  if (made !== undefined) undos.push(() => removeEmptyFolders(dirname(path), made));
  await replace(path, after);
  undos.push(() => (before === undefined ? unlink(path) : replace(path, before)));
}

/** The file is only put aside until all changes are made, so that it can come back as it was. */
async function removeFile(path: string, undos: Step[], cleanups: Step[]): Promise<void> {
  const aside = `${path}.usher-old`;
  await rename(path, aside);
  undos.push(() => rename(aside, path));
  cleanups.push(async () => {
    await unlink(aside);
    await removeEmptyFolders(dirname(path), '/');
  });
}

async function replace(path: string, text: string): Promise<void> {
  const fresh = `${path}.usher-new`;
  try {
    const file = await open(fresh, 'w');
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(fresh, path);
  } catch (error) {
    await unlink(fresh).catch(() => undefined);
    throw error;
  }
}

/** Removes `folder` and those above it up to `last`, as far as they are empty. */
async function removeEmptyFolders(folder: string, last: string): Promise<void> {
  for (let path = folder; path.length >= last.length; path = dirname(path)) {
    const removed = await rmdir(path).then(
      () => true,
      () => false,
    );
    if (!removed) return;
  }
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
