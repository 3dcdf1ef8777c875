import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applyChanges } from '../../shards/overlay/apply-changes.ts';
import { planWish } from '../../shards/overlay/plan-wish.ts';
import { build, builder } from './builder.ts';
import { type KubeObject, workloadsOf } from './kube-object.ts';
import { podRules, shardRules } from './rules/all.ts';
import { makeFleet } from './testing-fleet.ts';

const more = ['bridge-hpa', 'relay', 'monitoring', 'turn'];
const literals = ['TURN_HOST=turn.example.org'];
const roots: string[] = [];

afterAll(async () => {
  for (const root of roots) await rm(root, { recursive: true });
});

async function buildFleet(components: readonly string[]): Promise<KubeObject[]> {
  const shards = ['eu-1', '007'].map((name) => ({ name, components, literals }));
  const { fleet, root } = await makeFleet(shards);
  roots.push(root);
  return build(fleet);
}

const name = `what kustomize builds${builder ? '' : ' (skipped: no kustomize or kubectl with kustomize 5.5)'}`;

describe.skipIf(!builder)(name, () => {
  describe.each([
    { components: ['media-hostport'] },
    { components: ['media-nodeport'] },
    { components: ['media-hostport', ...more] },
    { components: [...more, 'media-nodeport'] },
  ])('with $components', ({ components }) => {
    let objects: KubeObject[];
    beforeAll(async () => {
      objects = await buildFleet(components);
    });

    it.each(Object.entries(shardRules))('%s', (_, rule) => {
      expect(rule(objects)).toEqual([]);
    });

    it('has the same objects in each shard', () => {
      expect(namesOf('eu-1', objects)).toEqual(namesOf('007', objects));
      expect(namesOf('eu-1', objects)).toContain('Deployment jvb');
    });

    it("has no hash in the ConfigMap's name, and the values of all places that say them", async () => {
      const map = objects.find(
        ({ kind, metadata: { namespace } }) => kind === 'ConfigMap' && namespace === 'jitsi-007',
      );
      expect(map?.metadata.name).toBe('shard');
      expect(map?.data).toMatchObject({
        SHARD: '007',
        JVB_PORT: '10001',
        POOL: 'main',
        PUBLIC_URL: 'https://meet.example.org',
      });
    });
  });

  it('is tagged and placed by the overlay alone, whatever port the registry has', async () => {
    const { fleet, root } = await makeFleet([{ name: 'eu-1', literals: ['IMAGE_TAG=v2'] }]);
    roots.push(root);
    const env = join(fleet, 'env/kustomization.yaml');
    await writeFile(env, (await readFile(env, 'utf8')).replaceAll('ghcr.io/', 'registry:5000/'));
    const images = workloadsOf(await build(fleet)).map(({ spec }) => spec.template.spec.containers[0]?.image);
    expect(images.toSorted()).toEqual(
      ['jicofo', 'jvb', 'prosody', 'web'].map((one) => `registry:5000/jitsi/${one}:v2`),
    );
  });

  it.each(['SHARD', 'REGION', 'BRIDGES', 'JVB_PORT', 'PUBLIC_URL', 'IMAGE_TAG'])(
    'is nothing without %s, and the message names it',
    async (key) => {
      for (const media of ['media-hostport', 'media-nodeport']) {
        const { fleet, root } = await makeFleet([{ name: 'eu-1', components: [media] }]);
        roots.push(root);
        for (const file of ['env/kustomization.yaml', 'shards/eu-1/kustomization.yaml']) {
          const text = await readFile(join(fleet, file), 'utf8');
          await writeFile(join(fleet, file), text.replace(new RegExp(`^ *- ${key}=.*\n`, 'm'), ''));
        }
        await expect(build(fleet)).rejects.toThrow(`\`data.${key}\` is missing`);
      }
    },
  );

  it("has the operator's wish on the ConfigMap, and nowhere that would restart a pod", async () => {
    const { fleet, root } = await makeFleet([{ name: 'eu-1' }]);
    roots.push(root);
    const before = await build(fleet);
    await applyChanges(await planWish(fleet, 'eu-1', { desired: 'draining', removing: true }));
    const changed = (await build(fleet)).filter((object, index) => !isDeepStrictEqual(object, before[index]));
    expect(changed.map(({ kind, metadata }) => [kind, metadata.name, metadata.annotations])).toEqual([
      [
        'ConfigMap',
        'shard',
        expect.objectContaining({ 'usher.dev/desired': 'draining', 'usher.dev/removing': 'true' }),
      ],
    ]);
  });

  it('has a TURN server in order', async () => {
    const objects = await build(join(import.meta.dirname, '../../kustomize/base/turn'));
    expect(Object.values(podRules).flatMap((rule) => rule(objects))).toEqual([]);
  });

  it('includes the fleets of this repository', async () => {
    for (const fleet of ['example', 'local']) {
      const objects = await build(join(import.meta.dirname, '../../kustomize/overlays', fleet));
      const names = objects.filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => metadata.name);
      expect(names).toEqual(expect.arrayContaining(['jitsi-eu-1', 'jitsi-eu-2', 'jitsi-us-1']));
    }
  });
});

function namesOf(shard: string, objects: readonly KubeObject[]): string[] {
  return objects
    .filter(({ metadata }) => metadata.labels['usher.dev/shard'] === shard)
    .map(({ kind, metadata }) => `${kind} ${metadata.name}`.replace(`jitsi-${shard}`, 'jitsi-*'));
}
