import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { folderWishes } from '../../shards/overlay/folder-wishes.ts';
import type { BridgeWord } from '../bridges/bridges-file.ts';
import { bridge, people, silent } from '../bridges/testing/bridge.ts';
import type { Control } from '../control/control.ts';
import { changeBridge } from './change-bridge.ts';
import { viewBridges } from './view-bridges.ts';

let folder: string;
let control: Control;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'usher-change-bridge-'));
  const bridges = [bridge('a', people(5)), bridge('b', { draining: true }), silent('c')];
  const shards = new Map([
    ['eu-2', { bridges: [bridge('d')], bridgesRead: true }],
    ['eu-1', { bridges, bridgesRead: true }],
  ]);
  control = { wishes: folderWishes(folder), shards } as unknown as Control;
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const tell = (name: string, word: BridgeWord, dryRun = false) => changeBridge(control, name, word, dryRun);

describe('changeBridge', () => {
  it.each([
    ['a', 'drained', 'give a no new conference; 1 conference with 5 participants stay until they end'],
    ['a', 'removed', 'give a no new conference, and end it when 1 conference with 5 participants have ended'],
    ['a', 'cut', 'end a now, and cut 1 conference with 5 participants'],
    ['c', 'cut', 'end c now, and cut whatever it carries'],
    ['b', 'open', 'give b conferences again'],
  ] as const)('has %s %s: %s', async (name, word, follows) => {
    const file = join(folder, 'bridges.yaml');
    const actions = [`set ${name} of eu-1 to ${word} in ${file}`, follows];
    expect(await tell(name, word, true)).toEqual({ changed: true, actions });
    await expect(readFile(file)).rejects.toThrow('ENOENT');
    expect(await tell(name, word)).toEqual({ changed: true, actions });
    expect(await readFile(file, 'utf8')).toContain(`"eu-1/${name}": ${word}\n`);
    expect(await tell(name, word)).toEqual({ changed: false, actions: [] });
  });

  it('has nothing to take back from one that is open', async () => {
    expect(await tell('a', 'open')).toEqual({ changed: false, actions: [] });
    await tell('a', 'drained');
    expect(await tell('a', 'open')).toMatchObject({ changed: true });
  });

  it('ends none where a HorizontalPodAutoscaler would end another', async () => {
    const scaled = { bridges: [bridge('e')], bridgesRead: true, endpoints: { scaledElsewhere: true } };
    (control.shards as Map<string, unknown>).set('eu-4', scaled);
    await expect(tell('e', 'removed')).rejects.toThrow('drain it instead');
    expect(await tell('e', 'drained')).toMatchObject({ changed: true });
    control.shards.delete('eu-4');
  });

  it('knows no other bridges', async () => {
    await expect(tell('no-such', 'drained')).rejects.toThrow(
      'there is no bridge no-such; `usher bridge list`',
    );
  });
});

describe('viewBridges', () => {
  it('tells what each carries, by shard, and says null where it is not known', async () => {
    await tell('a', 'drained');
    expect(await viewBridges(control, undefined)).toMatchObject([
      { name: 'a', shard: 'eu-1', state: 'told', word: 'drained', conferences: 1, localEndpoints: 5 },
      { name: 'b', shard: 'eu-1', state: 'draining', word: null, reason: '' },
      {
        name: 'c',
        shard: 'eu-1',
        state: 'unknown',
        reason: 'no answer',
        conferences: null,
        bitsPerSecond: null,
      },
      { name: 'd', shard: 'eu-2', state: 'open' },
    ]);
    expect(await viewBridges(control, 'eu-2')).toHaveLength(1);
    await expect(viewBridges(control, 'eu-3')).rejects.toThrow('known: eu-1, eu-2');
  });

  it('tells of those that a new leader has not read yet that they are there', async () => {
    const endpoints = { bridges: [{ name: 'e', rest: 'http://127.0.0.1:1' }] };
    (control.shards as Map<string, unknown>).set('eu-3', { bridges: [], bridgesRead: false, endpoints });
    expect(await viewBridges(control, 'eu-3')).toMatchObject([
      { name: 'e', state: 'unknown', reason: 'not read yet', conferences: null },
    ]);
  });
});
