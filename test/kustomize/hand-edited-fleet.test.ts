import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applyChanges } from '../../shards/overlay/apply-changes.ts';
import { planAdd } from '../../shards/overlay/plan-add.ts';
import { planCopy } from '../../shards/overlay/plan-copy.ts';
import { planRemove } from '../../shards/overlay/plan-remove.ts';
import { planWeight } from '../../shards/overlay/plan-weight.ts';
import { planWish } from '../../shards/overlay/plan-wish.ts';
import type { TextChange } from '../../shards/overlay/text-change.ts';
import { shardSpec } from '../../shards/spec/schema.ts';
import { folderBytes } from '../e2e/testing/folder-bytes.ts';
import { build, builder } from './builder.ts';
import { makeFleet } from './testing-fleet.ts';

/** All that people do to an overlay. */
const overlay = `# eu-1: the big one.  Ask Ann before you touch it.
apiVersion: kustomize.config.k8s.io/v1beta1
kind:   Kustomization
namespace: jitsi-eu-1

resources: [../../env, own.yaml]   # theirs is last
components:
- ../../../../components/media-hostport
labels:
  - {pairs: {usher.dev/shard: eu-1, example.org/team: &team video}, includeTemplates: true}
commonAnnotations: {example.org/owner: *team}

patches:
  - target: {kind: Deployment, name: web}
    patch: |-
      - op: replace
        path: /spec/replicas
        value: 3
  - path: prosody.yaml   # strategic merge

configMapGenerator:
  - name: own
    literals: ["A=1", 'B=two  words']

  - name: shard
    behavior: merge
    literals:
      # What it is.
      - "SHARD=eu-1"
      - REGION=eu

      - BRIDGES=2..8   # enough
      - JVB_PORT=10000
      - TZ=Europe/Berlin
    options: {annotations: {example.org/note: "keep  me"}}
# The end.
`;
const flowOverlay = `kind: Kustomization
namespace: jitsi-us-1
resources: [../../env]
components: [../../../../components/media-hostport]
labels: [{pairs: {usher.dev/shard: us-1}, includeTemplates: true}]
configMapGenerator:
  - {name: shard, behavior: merge, literals: [SHARD=us-1, REGION=us,  BRIDGES=1..4, JVB_PORT=10001]}
`;
const own =
  'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: mine\n  annotations: {example.org/owner: nobody}\ndata: {k: v}\n';
const prosody =
  'apiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n  name: prosody\nspec:\n  template:\n    spec: {priorityClassName: high}\n';

let root: string;
let fleet: string;
beforeAll(async () => {
  ({ root, fleet } = await makeFleet([{ name: 'eu-1' }, { name: 'us-1' }]));
  await write('shards/eu-1/kustomization.yaml', overlay);
  await write('shards/eu-1/own.yaml', own);
  await write('shards/eu-1/prosody.yaml', prosody);
  await write('shards/us-1/kustomization.yaml', flowOverlay);
  await write('mine.yaml', own.replace('name: mine', 'name: mine\n  namespace: default'));
  await write('kustomization.yaml', '# Ours\nresources: [mine.yaml, shards/eu-1, shards/us-1]  # in order\n');
});
afterAll(() => rm(root, { recursive: true }));

const write = (file: string, text: string) => writeFile(join(fleet, file), text);
const overlayFile = (shard: string) => `shards/${shard}/kustomization.yaml`;

/** Makes the changes, and gives the files that are not as before: their lines that went, and those that came. */
async function changed(
  plan: Promise<TextChange[]>,
): Promise<Record<string, { gone: string[]; new: string[] }>> {
  const before = await folderBytes(fleet);
  await applyChanges(await plan);
  const after = await folderBytes(fleet);
  const files = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const differences = files
    .filter((file) => before[file] !== after[file])
    .map((file) => {
      const [was, is] = [before[file]?.split('\n') ?? [], after[file]?.split('\n') ?? []];
      return [
        file,
        { gone: was.filter((line) => !is.includes(line)), new: is.filter((line) => !was.includes(line)) },
      ];
    });
  return Object.fromEntries(differences);
}

/** The objects of a shard of the built fleet. */
async function objectsOf(shard: string) {
  return (await build(fleet)).filter(({ metadata }) => metadata.namespace === `jitsi-${shard}`);
}

// Each command follows the one before it, on the same files.
describe.skipIf(!builder)('a fleet that people have edited', () => {
  it('builds, with all that they wrote', async () => {
    const objects = await objectsOf('eu-1');
    expect(objects.map(({ metadata }) => metadata.name)).toEqual(expect.arrayContaining(['mine', 'prosody']));
    expect(JSON.stringify(objects)).toMatch(/"replicas":3.*"priorityClassName":"high"/s);
  });

  it('gets a shard by one new file and one line', async () => {
    const spec = shardSpec.parse({ name: 'eu-2', region: 'eu', bridges: { min: 1, max: 2 } });
    expect(await changed(planAdd(fleet, spec))).toEqual({
      'kustomization.yaml': {
        gone: ['resources: [mine.yaml, shards/eu-1, shards/us-1]  # in order'],
        new: ['resources: [mine.yaml, shards/eu-1, shards/us-1, shards/eu-2]  # in order'],
      },
      [overlayFile('eu-2')]: { gone: [], new: expect.any(Array) },
    });
  });

  it('keeps wishes and weights beside what stands there, and forgets them to the byte', async () => {
    const place = '    options: {annotations: {example.org/note: "keep  me"}}';
    const drain = await changed(planWish(fleet, 'eu-1', { desired: 'draining', force: true }));
    const wished = place.replace('me"', 'me", usher.dev/desired: draining, usher.dev/force: "true"');
    expect(drain).toEqual({ [overlayFile('eu-1')]: { gone: [place], new: [wished] } });
    expect(
      (await objectsOf('eu-1')).find(({ metadata }) => metadata.name === 'shard')?.metadata,
    ).toMatchObject({
      annotations: {
        'usher.dev/desired': 'draining',
        'usher.dev/force': 'true',
        'example.org/note': 'keep  me',
      },
    });
    await changed(planWish(fleet, 'eu-1', { desired: 'active' }));
    expect(await readFile(join(fleet, overlayFile('eu-1')), 'utf8')).toBe(overlay);

    expect(await changed(planWeight(fleet, 'eu-1', 50))).toEqual({
      [overlayFile('eu-1')]: { gone: [], new: ['      - WEIGHT=50'] },
    });
    const [, line = ''] = flowOverlay.match(/^( {2}- .*)$/m) ?? [];
    expect(await changed(planWeight(fleet, 'us-1', 50))).toEqual({
      [overlayFile('us-1')]: { gone: [line], new: [line.replace('10001]', '10001, WEIGHT=50]')] },
    });
  });

  it('copies all of it into a shard of another name, version and weight', async () => {
    const copy = planCopy(fleet, 'eu-1', { name: 'eu-3', weight: 10, imageTag: 'v2' });
    await changed(copy);
    const expected = overlay
      .replaceAll(/(jitsi-|usher.dev\/shard: |SHARD=)eu-1/g, '$1eu-3')
      .replace('"SHARD=eu-3"', 'SHARD=eu-3')
      .replace('JVB_PORT=10000', 'JVB_PORT=10003')
      .replace('TZ=Europe/Berlin\n', 'TZ=Europe/Berlin\n      - WEIGHT=10\n      - IMAGE_TAG=v2\n');
    expect(await readFile(join(fleet, overlayFile('eu-3')), 'utf8')).toBe(expected);
    const objects = await objectsOf('eu-3');
    expect(objects.find(({ metadata }) => metadata.name === 'mine')).toBeDefined();
    expect(JSON.stringify(objects)).toMatch(/"image":"ghcr.io\/jitsi\/web:v2"/);
  });

  it('loses a shard, and nothing of the others', async () => {
    const before = await folderBytes(fleet);
    expect(await changed(planRemove(fleet, 'us-1'))).toEqual({
      'kustomization.yaml': {
        gone: [expect.stringContaining('shards/us-1')],
        new: ['resources: [mine.yaml, shards/eu-1, shards/eu-2, shards/eu-3]  # in order'],
      },
      [overlayFile('us-1')]: { gone: expect.any(Array), new: [] },
    });
    const after = await folderBytes(fleet);
    expect(after[overlayFile('eu-1')]).toBe(before[overlayFile('eu-1')]);
    expect(await objectsOf('us-1')).toEqual([]);
    expect(await objectsOf('eu-1')).not.toEqual([]);
  });
});
