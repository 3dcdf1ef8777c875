import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ShardSpec, shardSpec } from '../spec/schema.ts';
import { applyChanges } from './apply-changes.ts';
import { readShards } from './fleet-folder.ts';
import { planAdd } from './plan-add.ts';
import { planRemove, planRestOfRemoval } from './plan-remove.ts';
import { planWish } from './plan-wish.ts';

const list = '# our fleet\nkind:   Kustomization\nresources:\n  - ../monitoring   # theirs\npatches: [ ]\n';
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'usher-fleet-'));
  await write('kustomization.yaml', list);
  await applyChanges(await planAdd(folder, spec('eu-1')));
});
afterEach(() => rm(folder, { recursive: true }));

function spec(name: string, more: object = {}): ShardSpec {
  return shardSpec.parse({ name, region: 'eu', bridges: { min: 1, max: 4 }, ...more });
}

async function write(name: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, name)), { recursive: true });
  await writeFile(join(folder, name), text);
}

async function read(name: string): Promise<string> {
  return readFile(join(folder, name), 'utf8');
}

async function edit(name: string, from: string | RegExp, to: string): Promise<void> {
  const before = await read(name);
  expect(before).toMatch(from);
  await write(name, before.replace(from, to));
}

const overlay = 'shards/eu-1/kustomization.yaml';

describe('a fleet folder', () => {
  it('gives back every shard as it was added, in order, each with a media port of its own', async () => {
    const specs = [spec('eu-2', { weight: 0, pool: 'big' }), spec('007', { region: 'no', weight: 250 })];
    for (const each of specs) await applyChanges(await planAdd(folder, each));
    expect(await readShards(folder)).toEqual([spec('eu-1'), ...specs]);
    expect(await read('shards/007/kustomization.yaml')).toContain('JVB_PORT=10002\n');
    expect(await read('kustomization.yaml')).toBe(
      list.replace('theirs\n', 'theirs\n  - shards/eu-1\n  - shards/eu-2\n  - shards/007\n'),
    );
  });

  it('is as before after add and remove, the files a person put beside the overlay included', async () => {
    await cp(folder, `${folder}-before`, { recursive: true });
    await applyChanges(await planAdd(folder, spec('eu-2')));
    await write('shards/eu-2/patches/more.yaml', 'a: 1\n');
    await applyChanges(await planRemove(folder, 'eu-2'));
    expect(await readdir(folder, { recursive: true })).toEqual(
      await readdir(`${folder}-before`, { recursive: true }),
    );
    expect(await read('kustomization.yaml')).toBe(
      await readFile(`${folder}-before/kustomization.yaml`, 'utf8'),
    );
    await rm(`${folder}-before`, { recursive: true });
  });

  it.each([1, 2, 3])('is whole again when a removal is cut short after %i of its changes', async (count) => {
    await applyChanges(await planAdd(folder, spec('eu-2')));
    await write('shards/eu-2/patches/more.yaml', 'a: 1\n');
    expect(await planRestOfRemoval(folder, 'eu-2')).toEqual([]);
    const plan = await planRemove(folder, 'eu-2');
    expect(plan).toHaveLength(3);
    await applyChanges(plan.slice(0, count));
    await applyChanges(await planRestOfRemoval(folder, 'eu-2'));
    expect(await readShards(folder)).toEqual([spec('eu-1')]);
    expect(await readdir(join(folder, 'shards'))).toEqual(['eu-1']);
    expect(await planRestOfRemoval(folder, 'eu-2')).toEqual([]);
  });

  it('can lose its last shard and gain one again', async () => {
    await write('kustomization.yaml', 'resources:\n- shards/eu-1/\n');
    await applyChanges(await planRemove(folder, 'eu-1'));
    expect(await readShards(folder)).toEqual([]);
    await applyChanges(await planAdd(folder, spec('us-1')));
    expect(await readShards(folder)).toEqual([spec('us-1')]);
  });

  it('records the desired state and forgets it byte for byte, among foreign edits', async () => {
    await edit(overlay, 'labels:', 'images: [ {name: jvb, newTag: x} ]   # pinned\nlabels:');
    const before = await read(overlay);
    for (const desired of ['cordoned', 'draining'] as const) {
      await applyChanges(await planWish(folder, 'eu-1', { desired }));
      expect(await readShards(folder)).toEqual([spec('eu-1', { desired })]);
      expect(await planWish(folder, 'eu-1', { desired })).toEqual([]);
    }
    await applyChanges(await planWish(folder, 'eu-1', { desired: 'active' }));
    expect(await read(overlay)).toBe(before);
  });

  it('records a deadline, force and a removal as texts to kustomize, and forgets them byte for byte', async () => {
    const before = await read(overlay);
    const wish = {
      desired: 'draining',
      deadline: Date.UTC(2030, 1, 2),
      force: true,
      removing: true,
    } as const;
    await applyChanges(await planWish(folder, 'eu-1', wish));
    expect(await read(overlay)).toContain(
      '        usher.dev/desired: draining\n' +
        '        usher.dev/deadline: "2030-02-02T00:00:00.000Z"\n' +
        '        usher.dev/force: "true"\n' +
        '        usher.dev/removing: "true"\n',
    );
    expect(await readShards(folder)).toEqual([spec('eu-1', wish)]);
    await applyChanges(
      await planWish(folder, 'eu-1', { ...wish, deadline: wish.deadline + 1, force: false }),
    );
    expect(await readShards(folder)).toEqual([
      spec('eu-1', { desired: 'draining', deadline: wish.deadline + 1, removing: true }),
    ]);
    await applyChanges(await planWish(folder, 'eu-1', { desired: 'active' }));
    expect(await read(overlay)).toBe(before);
  });

  it('has the version of a shard as a literal, from which a component gives all of its images their tag', async () => {
    await applyChanges(await planAdd(folder, spec('eu-2', { imageTag: '1.10' })));
    expect((await readShards(folder))[1]).toEqual(spec('eu-2', { imageTag: '1.10' }));
    expect(await read('shards/eu-2/kustomization.yaml')).toContain('      - IMAGE_TAG=1.10\n');
  });

  it('gives a new shard the components of the last one, but for those in its folder', async () => {
    await edit(overlay, '/media-hostport\n', '/media-nodeport\n  - own\n  - ../../../../components/relay\n');
    await applyChanges(await planAdd(folder, spec('eu-2')));
    expect(await read('shards/eu-2/kustomization.yaml')).toContain(
      'components:\n  - ../../../../components/media-nodeport\n  - ../../../../components/relay\nlabels:',
    );
    await edit('shards/eu-2/kustomization.yaml', /^components:\n(?: .*\n)*/m, '');
    await applyChanges(await planAdd(folder, spec('eu-3')));
    expect(await read('shards/eu-3/kustomization.yaml')).not.toContain('components:');
  });

  it('plans without touching a file', async () => {
    const changes = await planAdd(folder, spec('eu-2'));
    expect(changes.map((change) => change.path.slice(folder.length + 1))).toEqual([
      'shards/eu-2/kustomization.yaml',
      'kustomization.yaml',
    ]);
    expect(await readShards(folder)).toEqual([spec('eu-1')]);
  });

  it('refuses a name that is taken, and one that is not there', async () => {
    await expect(planAdd(folder, spec('eu-1'))).rejects.toThrow(
      /eu-1 exists already: .*eu-1\/kustomization.yaml/,
    );
    await expect(planRemove(folder, 'eu-9')).rejects.toThrow(/no shard eu-9 .*its shards: eu-1/);
    await expect(planWish(folder, 'eu-9', { desired: 'active' })).rejects.toThrow(/no shard eu-9/);
    await expect(readShards(join(folder, 'nowhere'))).rejects.toThrow(
      /can't read .*nowhere\/kustomization.yaml/,
    );
  });

  it.each([
    ['broken YAML', 'namespace:', 'namespace: [', /kustomization.yaml:\d+:\d+: /],
    ['prose', /^.*$/s, 'just words\n', /:1:1: found no mapping/],
    ['no SHARD', '      - SHARD=eu-1\n', '', /:19:7: the literal SHARD=... is missing/],
    ['no REGION', '      - REGION=eu\n', '', /:19:7: the literal REGION=... is missing/],
    [
      'no range',
      'BRIDGES=1..4',
      'BRIDGES=two',
      /:21:9: BRIDGES: MIN..MAX is expected, as in 2..8; found "two"/,
    ],
    ['an upside-down range', 'BRIDGES=1..4', 'BRIDGES=4..1', /:21:9: BRIDGES: MIN must .*; found "4..1"/],
    ['another name', 'SHARD=eu-1', 'SHARD=eu-2', /:19:9: SHARD: expected .*"eu-1"; found "eu-2"/],
    ['another namespace', 'namespace: jitsi-eu-1', 'namespace: x', /:4:12: expected "jitsi-eu-1"; found "x"/],
    [
      'a literal twice',
      '- REGION=eu\n',
      '- REGION=eu\n      - REGION=us\n',
      /:21:9: REGION stands twice, .*:20:9/,
    ],
    ['no literal', '- REGION=eu\n', '- REGION\n', /:20:9: KEY=VALUE is expected; found "REGION"/],
    ['no port', 'JVB_PORT=10000', 'JVB_PORT=99999', /:22:9: JVB_PORT: .*; found "99999"/],
    ['no generator', '- name: shard', '- name: other', /:16:3: a generator with "name: shard" is expected/],
    [
      'an unknown desired state',
      '    behavior: merge\n',
      '    behavior: merge\n    options: {annotations: {usher.dev/desired: gone}}\n',
      /usher\.dev\/desired.*"cordoned"\|"draining"; found "gone"/,
    ],
  ])('names the place of %s, and leaves all as it was', async (_, from, to, message) => {
    await write(overlay, (await read(overlay)).replace(from, to));
    const [broken, before] = [await read(overlay), await read('kustomization.yaml')];
    await expect(planAdd(folder, spec('eu-2'))).rejects.toThrow(message);
    await expect(planRemove(folder, 'eu-1')).rejects.toThrow(overlay);
    expect([await read(overlay), await read('kustomization.yaml')]).toEqual([broken, before]);
  });

  it('lists every disagreement between the list and the folders', async () => {
    await edit('kustomization.yaml', 'eu-1\n', 'eu-1\n  - ./shards/eu-1\n  - shards/eu-3\n  - shards/Eu.4\n');
    await write('shards/stray/kustomization.yaml', 'kind: Kustomization\n');
    const message = await readShards(folder).then(String, String);
    expect(message).toMatch(/kustomization.yaml:6:5: "\.\/shards\/eu-1" stands twice, first at .*:5:5/);
    expect(message).toMatch(
      /:7:5: "shards\/eu-3" is listed, but there is no shards\/eu-3\/kustomization.yaml/,
    );
    expect(message).toMatch(/:8:5: .*found "Eu\.4"/);
    expect(message).toMatch(/shards\/stray\/kustomization.yaml:1:1: not listed; add "- shards\/stray"/);
  });
});
