import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applyChanges } from '../../shards/overlay/apply-changes.ts';
import { folderWishes } from '../../shards/overlay/folder-wishes.ts';
import { planAdd } from '../../shards/overlay/plan-add.ts';
import { shardSpec } from '../../shards/spec/schema.ts';
import { bridge, people } from '../bridges/testing/bridge.ts';
import type { Control } from '../control/control.ts';
import { Scalers } from '../scaling/control/scalers.ts';
import { changeScale } from './change-scale.ts';
import { scaleBody } from './schema/scale.ts';
import { viewScale } from './view-scale.ts';

let folder: string;
let control: Control;
const file = () => join(folder, 'scale.yaml');
const change = (shard: string, what: object, dryRun = false) =>
  changeScale(control, scaleBody.parse({ shard, change: what, dryRun }));

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'usher-change-scale-'));
  await writeFile(join(folder, 'kustomization.yaml'), 'kind: Kustomization\n');
  const shards = new Map<string, object>();
  for (const name of ['eu-1', 'eu-2']) {
    const spec = shardSpec.parse({ name, region: 'eu', bridges: { min: 2, max: 8 } });
    await applyChanges(await planAdd(folder, spec));
    const bridges = [bridge(`${name}-a`, people(100)), bridge(`${name}-b`, { draining: true })];
    shards.set(name, { spec, bridges, bridgesRead: name === 'eu-1' });
  }
  const scaling = new Scalers({ read: async () => [] });
  control = { wishes: folderWishes(folder), fleet: { scaling: {} }, shards, scaling } as unknown as Control;
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('changeScale', () => {
  it('writes for one shard or every one, says what follows, and changes nothing twice', async () => {
    const dry = await change('eu-1', { min: 3 }, true);
    await expect(readFile(file())).rejects.toThrow('ENOENT');
    expect(await change('eu-1', { min: 3 })).toEqual(dry);
    expect(dry).toEqual({
      changed: true,
      actions: [
        `set min of eu-1 in ${file()}`,
        'have eu-1 with at least 3 by scale.yaml; at most 8 by BRIDGES of its overlay',
      ],
    });
    expect(await change('eu-1', { min: 3 })).toEqual({ changed: false, actions: [] });
    expect((await change('*', { max: 6 })).actions).toHaveLength(3);
    expect(await readFile(file(), 'utf8')).toContain('eu-1:\n  min: 3\n"*":\n  max: 6\n');
    expect(await change('eu-2', { floor: null, paused: false })).toMatchObject({ changed: false });
  });

  it('takes out what is over, and keeps the rest', async () => {
    const past = '2020-05-01T14:00Z';
    const text = `# Ours.\neu-2:\n  floors: [{ bridges: 3, until: ${past} }]\n  max: 7 # racks\n`;
    await writeFile(file(), text);
    await change('eu-1', { paused: true });
    expect(await readFile(file(), 'utf8')).toBe('# Ours.\neu-2:\n  max: 7 # racks\neu-1:\n  paused: true\n');
  });

  it.each<[string, string, object, RegExp]>([
    ['no such shard', 'eu-9', { min: 3 }, /eu-9/],
    ['a least above the most', 'eu-1', { min: 9 }, /at least 9 by scale.yaml is above at most 8 by BRIDGES/],
    ['a floor above it', 'eu-1', { floor: { bridges: 9 } }, /usher scale set eu-1 --max 9/],
    [
      'a window above it',
      'eu-1',
      { schedule: { name: 'a', from: '08:00', to: '09:00', min: 9 } },
      /9 bridges are above at most 8/,
    ],
    [
      'a floor that is over',
      'eu-1',
      { floor: { bridges: 3, until: '2020-01-01T00:00Z' } },
      /over since 2020-01/,
    ],
    [
      'an event that is over',
      '*',
      { event: { name: 'a', at: '2020-01-01T00:00', people: 3 } },
      /is over since/,
    ],
    [
      'a floor that ends first',
      'eu-1',
      { floor: { bridges: 3, from: '2090-01-02T00:00', until: '2090-01-01T00:00' } },
      /begins no earlier/,
    ],
  ])('refuses %s, and nothing is lost', async (_what, shard, what, message) => {
    const text = 'eu-1:\n  timeZone: Europe/Berlin\n';
    await writeFile(file(), text);
    await expect(change(shard, what)).rejects.toThrow(message);
    expect(await readFile(file(), 'utf8')).toBe(text);
  });

  it('does not write into a file that is wrong', async () => {
    await writeFile(file(), 'eu-1:\n  min: two\n');
    await expect(change('eu-1', { min: 2 })).rejects.toThrow(/scale.yaml:2:8: eu-1.min/);
    expect(await readFile(file(), 'utf8')).toBe('eu-1:\n  min: two\n');
  });
});

describe('viewScale', () => {
  it('tells what holds of each shard now, and the last decision', async () => {
    await change('eu-1', { policy: { name: 'static', options: { bridges: 4 } }, floor: { bridges: 5 } });
    const wanted = { exist: 4, open: new Set(['eu-1-a']), reasons: ['4 bridges, always'] };
    const decision = { ...wanted, exist: 5 };
    const forecast = { within5: 1.1, within25: 1.4, within30: 1.3 };
    const scaling = {
      latest: (name: string) =>
        name === 'eu-1' ? { atMs: 0, wanted: { ...wanted, forecast }, decision } : undefined,
    };
    const [first, second] = await viewScale({ ...control, scaling } as unknown as Control);
    expect(first).toMatchObject({
      name: 'eu-1',
      policy: { name: 'static', options: { bridges: 4 } },
      bridges: 2,
      openBridges: 1,
      limits: { min: 5, max: 8 },
      floors: [{ bridges: 5, from: null, until: null }],
      load: 0.5,
      decision: {
        at: '1970-01-01T00:00:00.000Z',
        exist: 5,
        open: ['eu-1-a'],
        forecast,
        wanted: { exist: 4 },
      },
    });
    expect(second).toMatchObject({
      name: 'eu-2',
      limits: { min: 2 },
      decision: null,
      timeZone: 'UTC',
      load: null,
    });
    expect(await viewScale(control, 'eu-2')).toHaveLength(1);
    await expect(viewScale(control, 'eu-9')).rejects.toThrow('known: eu-1, eu-2');
  });
});
