import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** The text of every file below `folder`, by its path in it: equal before and after where nothing may change. */
export async function folderBytes(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name));
  const texts = files
    .sort()
    .map(async (file) => [relative(folder, file), await readFile(file, 'latin1')] as const);
  return Object.fromEntries(await Promise.all(texts));
}
