import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applyChanges } from '../../shards/overlay/apply-changes.ts';
import { folderWishes } from '../../shards/overlay/folder-wishes.ts';
import type { Upgrade } from './schema.ts';
import { planUpgrade, readUpgrade } from './upgrade-file.ts';

const upgrade: Upgrade = {
  imageTag: '1.10',
  canary: 10,
  surge: 1,
  bakeMs: 600_000,
  readyWithinMs: 600_000,
  state: 'running',
  reason: 'begun',
  shards: [
    { old: 'eu-1', to: '1.10' },
    { old: 'eu-2', from: 'v1', to: '1.10' },
  ],
};
let folder: string;
const wishes = () => folderWishes(folder);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'usher-upgrade-'));
});
afterEach(() => rm(folder, { recursive: true }));

const save = async (next: Upgrade) => applyChanges([planUpgrade(await readUpgrade(wishes()), next)]);
const text = () => readFile(join(folder, 'upgrade.yaml'), 'utf8');

describe('upgrade.yaml', () => {
  it('is not there before the first upgrade', async () => {
    expect((await readUpgrade(wishes())).upgrade).toBe(undefined);
  });

  it('gives back what was saved, and keeps the comments that people wrote', async () => {
    await save(upgrade);
    expect((await readUpgrade(wishes())).upgrade).toEqual(upgrade);
    const written = await text();
    expect(written).toMatch(/^# The upgrade of this fleet.*\nimageTag: "1.10"\n.*\n {2}- old: eu-1\n/s);
    await writeFile(
      join(folder, 'upgrade.yaml'),
      written.replace('- old: eu-2', '- old: eu-2 # the big one'),
    );
    const next: Upgrade = {
      ...upgrade,
      state: 'stopped',
      reason: 'x',
      shards: [upgrade.shards[0] ?? { old: '' }, { old: 'eu-2', to: '1.10', new: 'eu-3' }],
    };
    await save(next);
    expect((await readUpgrade(wishes())).upgrade).toEqual(next);
    expect(await text()).toContain('- old: eu-2 # the big one\n');
    await save({ ...next, shards: next.shards.slice(1) });
    expect((await readUpgrade(wishes())).upgrade?.shards).toHaveLength(1);
  });

  it('is refused with the place of what is wrong', async () => {
    await save(upgrade);
    await writeFile(join(folder, 'upgrade.yaml'), (await text()).replace('surge: 1', 'surge: many'));
    await expect(readUpgrade(wishes())).rejects.toThrow(
      /upgrade.yaml:4:8: surge: expected number; found "many"/,
    );
  });
});
