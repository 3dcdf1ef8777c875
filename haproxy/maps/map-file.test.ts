import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mapFile, readMapFile, writeMapFile } from './map-file.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'usher-maps-'));
});
afterEach(() => rm(directory, { recursive: true }));

function refuseBadLine(line: number): void {
  throw new Error(`bad line ${line}`);
}

async function readAll(onBadLine: (line: number) => void): Promise<(readonly [string, string])[]> {
  const entries: (readonly [string, string])[] = [];
  for await (const entry of readMapFile(directory, 'rooms', onBadLine)) entries.push(entry);
  return entries;
}

describe('map files', () => {
  it('gives back what was written, in order, and leaves nothing else behind', async () => {
    const entries = new Map(
      Array.from({ length: 20_000 }, (_, index) => [`/room-${index}`, `eu-${index % 7}.1`]),
    );
    await writeMapFile(directory, 'rooms', entries);
    expect(await readAll(refuseBadLine)).toEqual([...entries]);
    expect(await readdir(directory)).toEqual(['rooms.map']);
  });

  it('writes an empty file for an empty map: HAProxy does not start without it', async () => {
    await writeMapFile(directory, 'slots', new Map());
    expect(await readFile(mapFile(directory, 'slots'), 'utf8')).toBe('');
  });

  it('is empty without a file', async () => {
    expect(await readAll(refuseBadLine)).toEqual([]);
  });

  it('leaves out and reports by number what usher cannot have written', async () => {
    const lines = ['# comment', '/a eu-1.1', '/b', '', 'UPPER eu-1.1', '/a eu-2.1', '/c eu-1.1 more', '/d ?'];
    await writeFile(mapFile(directory, 'rooms'), lines.join('\n'));
    const bad: number[] = [];
    expect(await readAll((line) => bad.push(line))).toEqual([
      ['/a', 'eu-1.1'],
      ['/a', 'eu-2.1'],
      ['/d', '?'],
    ]);
    expect(bad).toEqual([3, 5, 7]);
  });
});
