import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applyChanges } from '../../shards/overlay/apply-changes.ts';
import { folderWishes } from '../../shards/overlay/folder-wishes.ts';
import { type BridgeWord, planBridgeWord, readBridgeWords } from './bridges-file.ts';

let folder: string;
const wishes = () => folderWishes(folder);
const file = () => join(folder, 'bridges.yaml');
const tell = async (shard: string, bridges: string[], word?: BridgeWord) =>
  applyChanges(await planBridgeWord(wishes(), shard, bridges, word));
const words = async (shard: string) => Object.fromEntries(await readBridgeWords(wishes(), shard));

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'usher-bridges-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('bridges.yaml', () => {
  it('holds what operators want, of each shard its own, until it is forgotten', async () => {
    expect(await words('eu-1')).toEqual({});
    await tell('eu-1', ['one', 'two'], 'drained');
    await tell('eu-10', ['one'], 'removed');
    await tell('eu-1', ['two'], 'cut');
    expect(await words('eu-1')).toEqual({ one: 'drained', two: 'cut' });
    expect(await words('eu-10')).toEqual({ one: 'removed' });
    await tell('eu-1', ['one', 'two', 'three']);
    expect(await words('eu-1')).toEqual({});
    await tell('eu-10', ['one']);
    expect(await words('eu-10')).toEqual({});
    await tell('eu-10', ['one'], 'open');
    expect(await words('eu-10')).toEqual({ one: 'open' });
  });

  it('changes nothing that is so already', async () => {
    await tell('eu-1', ['one'], 'drained');
    expect(await planBridgeWord(wishes(), 'eu-1', ['one'], 'drained')).toEqual([]);
    expect(await planBridgeWord(wishes(), 'eu-1', ['two'], undefined)).toEqual([]);
  });

  it('keeps what a person wrote beside it', async () => {
    await writeFile(file(), '# Rack 4 is moved.\neu-1/one: drained # until May\neu-1/two: drained\n');
    await tell('eu-1', ['two']);
    expect(await readFile(file(), 'utf8')).toBe('# Rack 4 is moved.\neu-1/one: drained # until May\n');
  });

  it.each([
    ['one: drained\n', /bridges.yaml:1:.*a shard and its bridge/s],
    ['eu-1/one: gone\n', /bridges.yaml:1:.*"drained"/s],
  ])('says what is wrong with %j', async (text, message) => {
    await writeFile(file(), text);
    await expect(words('eu-1')).rejects.toThrow(message);
    await expect(tell('eu-1', ['one'], 'cut')).rejects.toThrow(message);
  });
});
