import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Logger } from '../../../common/log.ts';
import { folderWishes } from '../../../shards/overlay/folder-wishes.ts';
import { RulesBook } from './rules-book.ts';

let folder: string;
let logged: object[];
let book: RulesBook;
const write = (text: string) => writeFile(join(folder, 'scale.yaml'), text);
const minOf = async (name: string, min = 1) => (await book.of({ name, bridges: { min, max: 9 } })).min.value;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'usher-rules-'));
  logged = [];
  const log = { error: (about: object) => logged.push(about) } as unknown as Logger;
  book = new RulesBook(folderWishes(folder), { timeZone: 'Europe/Berlin' }, log);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it('follows the file and the overlays', async () => {
  expect(await minOf('eu-1')).toBe(1);
  expect(await minOf('eu-1', 2)).toBe(2);
  await write('eu-1: { min: 3 }\n');
  expect([await minOf('eu-1'), await minOf('eu-2')]).toEqual([3, 1]);
  const spec = { name: 'eu-1', bridges: { min: 1, max: 9 } };
  expect(await book.of(spec)).toBe(await book.of(spec));
  expect(await book.of(spec)).toMatchObject({ timeZone: 'Europe/Berlin', policy: { name: 'forecast' } });
  await rm(join(folder, 'scale.yaml'));
  expect(await minOf('eu-1')).toBe(1);
});

it('holds the last good file while it is wrong, and says so once', async () => {
  await write('eu-1: { min: 3 }\n');
  expect(await minOf('eu-1')).toBe(3);
  await write('eu-1: { mni: 4 }\n');
  expect([await minOf('eu-1'), await minOf('eu-1'), await minOf('eu-2')]).toEqual([3, 3, 1]);
  expect(logged).toMatchObject([{ error: expect.stringContaining('unknown setting "eu-1.mni"') }]);
  await write('eu-1: { min: 4 }\n');
  expect(await minOf('eu-1')).toBe(4);
});

it('decides nothing by a file that never was good', async () => {
  await write('eu-1: { mni: 4 }\n');
  await expect(minOf('eu-1')).rejects.toThrow('mni');
  await expect(minOf('eu-2')).rejects.toThrow('mni');
});
