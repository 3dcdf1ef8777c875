import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applyChanges } from '../../shards/overlay/apply-changes.ts';
import { folderWishes } from '../../shards/overlay/folder-wishes.ts';
import { planPin, readPins } from './pins-file.ts';

let folder: string;
const wishes = () => folderWishes(folder);
const file = () => join(folder, 'pins.yaml');
const pin = async (room: string, shard?: string) => applyChanges(await planPin(wishes(), room, shard));

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'usher-pins-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('pins.yaml', () => {
  it('begins with the first pin, and keeps the others', async () => {
    expect(await readPins(wishes())).toEqual(new Map());
    await pin('/vip', 'eu-1');
    await pin('acme/board', 'eu-2');
    await pin('/vip', 'eu-2');
    expect(Object.fromEntries(await readPins(wishes()))).toEqual({ '/vip': 'eu-2', 'acme/board': 'eu-2' });
    await pin('/vip');
    expect(Object.fromEntries(await readPins(wishes()))).toEqual({ 'acme/board': 'eu-2' });
    await pin('acme/board');
    await pin('/again', 'eu-1');
    expect(Object.fromEntries(await readPins(wishes()))).toEqual({ '/again': 'eu-1' });
  });

  it('changes nothing that is so already', async () => {
    await pin('/vip', 'eu-1');
    expect(await planPin(wishes(), '/vip', 'eu-1')).toEqual([]);
    expect(await planPin(wishes(), '/other', undefined)).toEqual([]);
  });

  it('keeps what a person wrote beside it', async () => {
    await writeFile(file(), '# The board meets in Paris.\nacme/board: eu-2 # until May\n');
    await pin('/vip', 'eu-1');
    expect(await readFile(file(), 'utf8')).toContain('acme/board: eu-2 # until May\n');
  });

  it.each([
    ['Board: eu-2\n', /pins.yaml:1:.*room key/s],
    ['/board: EU 2\n', /pins.yaml:1:.*lower-case/s],
    ['- board\n', /mapping/],
  ])('says what is wrong with %j', async (text, message) => {
    await writeFile(file(), text);
    await expect(readPins(wishes())).rejects.toThrow(message);
    await expect(planPin(wishes(), '/x', 'eu-1')).rejects.toThrow(message);
  });
});
