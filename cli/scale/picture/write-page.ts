import { constants } from 'node:fs';
import { access, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { messageOf, UsageError } from '../../../common/errors.ts';
import type { Context } from '../../context.ts';

/**
 * A simulation of minutes should not end with a file that cannot be written.
 *
 * @throws UsageError when it cannot
 */
export async function checkWritable(file: string): Promise<void> {
  const there = await stat(file).catch(() => undefined);
  if (there?.isDirectory()) throw new UsageError(`--html ${file}: it is a folder; name a file in it`);
  await access(there ? file : dirname(file), constants.W_OK).catch((error: unknown) => {
    throw new UsageError(`--html ${file}: ${messageOf(error)}`, { cause: error });
  });
}

/** Writes a page and says so. */
export async function writePage(
  file: string,
  page: string,
  { stderr }: Pick<Context, 'stderr'>,
): Promise<void> {
  await writeFile(file, page);
  stderr.write(`wrote ${file}\n`);
}
