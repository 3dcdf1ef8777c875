import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { shardSpec } from '../spec/schema.ts';
import { applyChanges } from './apply-changes.ts';
import { readShards } from './fleet-folder.ts';
import { planAdd } from './plan-add.ts';
import { planCopy } from './plan-copy.ts';
import { planWeight } from './plan-weight.ts';
import { planWish } from './plan-wish.ts';

const old = shardSpec.parse({ name: 'eu-1', region: 'eu', bridges: { min: 2, max: 8 }, pool: 'big' });
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'usher-fleet-'));
  await writeFile(join(folder, 'kustomization.yaml'), 'resources: []\n');
  await applyChanges(await planAdd(folder, old));
});
afterEach(() => rm(folder, { recursive: true }));

const read = (shard: string) => readFile(join(folder, 'shards', shard, 'kustomization.yaml'), 'utf8');
const copy = async (imageTag: string | undefined, from = 'eu-1', name = 'eu-2', weight = 10) =>
  applyChanges(await planCopy(folder, from, { name, weight, imageTag }));

describe('planCopy', () => {
  it('makes a like shard of another name, port, weight and version, with all that a person wrote', async () => {
    const file = join(folder, 'shards/eu-1/kustomization.yaml');
    const edited = (await read('eu-1')).replace(
      'components:',
      'patches:   # ours\n  - path: more.yaml\n\ncomponents:',
    );
    await writeFile(file, edited);
    await mkdir(join(folder, 'shards/eu-1/extra'));
    await writeFile(join(folder, 'shards/eu-1/extra/more.yaml'), 'a: 1\n');
    await applyChanges(await planWish(folder, 'eu-1', { desired: 'draining', force: true, removing: true }));
    await copy('v2');
    expect((await readShards(folder))[1]).toEqual({ ...old, name: 'eu-2', weight: 10, imageTag: 'v2' });
    expect(await read('eu-2')).toBe(
      edited
        .replaceAll('eu-1', 'eu-2')
        .replace('JVB_PORT=10000', 'JVB_PORT=10001')
        .replace('POOL=big\n', 'POOL=big\n      - WEIGHT=10\n      - IMAGE_TAG=v2\n'),
    );
    expect(await readFile(join(folder, 'shards/eu-2/extra/more.yaml'), 'utf8')).toBe('a: 1\n');
  });

  it('changes the version that stands there, and takes it away', async () => {
    await copy('v2');
    await copy('v3', 'eu-2', 'eu-3');
    await copy(undefined, 'eu-3', 'eu-4');
    expect((await readShards(folder)).map(({ imageTag }) => imageTag)).toEqual([
      undefined,
      'v2',
      'v3',
      undefined,
    ]);
    expect(await read('eu-3')).toBe(
      (await read('eu-2')).replaceAll('eu-2', 'eu-3').replace('10001', '10002').replace('=v2', '=v3'),
    );
    expect(await read('eu-4')).not.toContain('IMAGE_TAG');
  });

  it('refuses a name that is taken', async () => {
    await expect(copy('v2', 'eu-1', 'eu-1')).rejects.toThrow('exists already');
  });
});

describe('planWeight', () => {
  it('changes the share in its place, or adds it', async () => {
    await copy('v2');
    const before = await read('eu-2');
    await applyChanges(await planWeight(folder, 'eu-2', 100));
    expect(await read('eu-2')).toBe(before.replace('WEIGHT=10', 'WEIGHT=100'));
    expect(await planWeight(folder, 'eu-2', 100)).toEqual([]);
    await applyChanges(await planWeight(folder, 'eu-1', 50));
    expect((await readShards(folder)).map(({ weight }) => weight)).toEqual([50, 100]);
  });
});
