import { type FileHandle, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { isEntry, type MapName } from './map-change.ts';

/** Written at a time, in characters: between two writes the event loop is free for claims. */
const chunkLength = 128 * 1024;

/** The file of a map: what HAProxy loads at its start and names the map by. */
export function mapFile(directory: string, map: MapName): string {
  return join(directory, `${map}.map`);
}

/**
 * Replaces a map's file by a rename, so that a HAProxy that starts meanwhile reads the old content or the
 * new one, whole. Resolves when both survive a power cut. Throws what the file system throws.
 */
export async function writeMapFile(
  directory: string,
  map: MapName,
  entries: Iterable<readonly [string, string]>,
): Promise<void> {
  const file = mapFile(directory, map);
  const temporary = `${file}.new`;
  await using handle = await open(temporary, 'w', 0o644);
  await writeEntries(handle, entries);
  await handle.datasync();
  await rename(temporary, file);
  await using folder = await open(directory, 'r');
  await folder.sync();
}

/**
 * The entries of a map's file in their order; none when there is no file. `onBadLine` hears of lines that
 * usher cannot have written, by number from 1; they are left out.
 */
export async function* readMapFile(
  directory: string,
  map: MapName,
  onBadLine: (line: number) => void,
): AsyncGenerator<readonly [string, string]> {
  const handle = await open(mapFile(directory, map)).catch(ignoreMissing);
  if (handle === undefined) return;
  await using _ = handle;
  let number = 0;
  for await (const line of handle.readLines({ autoClose: false })) {
    number += 1;
    const [key = '', value = '', ...rest] = line.split(' ');
    if (rest.length === 0 && isEntry(key, value)) yield [key, value];
    else if (line.trim() !== '' && !line.startsWith('#')) onBadLine(number);
  }
}

async function writeEntries(handle: FileHandle, entries: Iterable<readonly [string, string]>): Promise<void> {
  let chunk = '';
  for (const [key, value] of entries) {
    chunk += `${key} ${value}\n`;
    if (chunk.length < chunkLength) continue;
    await handle.write(chunk);
    chunk = '';
  }
  await handle.write(chunk);
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
