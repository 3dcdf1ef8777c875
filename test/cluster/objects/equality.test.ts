import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CoreV1Api } from '@kubernetes/client-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { ApiServer } from '../../../cli/cluster/api-server.ts';
import { objectsIn } from '../../../cli/cluster/created-objects.ts';
import { Discovery, pathOf } from '../../../cli/cluster/discovery.ts';
import { manifest, wordsFor } from '../../../cli/cluster/manifest.ts';
import { startFakeApi } from '../../../cli/testing/fake-api.ts';
import { fleetState, shard } from '../../../cli/testing/samples.ts';
import { freePort } from '../../real/free-port.ts';
import { renderFolder } from '../../real/kustomize.ts';
import { parseObjects } from '../apply-objects.ts';
import { serverOf } from '../server-of.ts';
import { type ClusterFleet, startClusterFleet } from '../testing/cluster-fleet.ts';
import { applyText } from './strict-apply.ts';

let fleet: ClusterFleet;
let server: ApiServer;

beforeAll(async () => {
  fleet = await startClusterFleet();
  const { admin } = fleet.controlPlane;
  server = serverOf(admin, new AbortController().signal);
  const core = admin.makeApiClient(CoreV1Api);
  await core.createNamespace({ body: { metadata: { name: 'usher' } } });
  const body = { metadata: { name: 'redis' }, stringData: { password: 'redis-secret' } };
  await core.createNamespacedSecret({ namespace: 'usher', body });
  // What YAML's versions and libraries read in different ways.
  const odd = ['on', '0o17', '0640', '1e3', '12:30:45', '2030-01-01T00:00:00Z', '~', 'null', '0x1F', '1_000'];
  const literals = odd.map((value, index) => `      - ODD_${index}=${value}\n`);
  const overlay = join(fleet.folder, 'shards/eu-1/kustomization.yaml');
  await writeFile(overlay, `${(await readFile(overlay, 'utf8')).trimEnd()}\n${literals.join('')}${patch}`);
});

afterAll(() => fleet?.end());

const patch = `
patches:
  - patch: |-
      apiVersion: apps/v1
      kind: StatefulSet
      metadata:
        name: prosody
        annotations: { example.com/at: "2030-01-01T00:00:00Z", example.com/on: "on" }
      spec:
        template:
          spec:
            volumes:
              - name: more
                configMap: { name: shard, defaultMode: 0440 }
`;

const applied = z.object({
  metadata: z.object({
    managedFields: z.array(z.object({ manager: z.string(), operation: z.string(), fieldsV1: z.unknown() })),
  }),
});

describe("the command line's way and that of Argo CD and Flux, plain kustomize build, are one", () => {
  it('in what is rendered, byte for byte', async () => {
    for (const [words, folder] of [
      [['render'], ''],
      [['render', 'eu-1'], 'shards/eu-1'],
    ] as const) {
      const { code, stdout } = await fleet.run(...words);
      expect(code).toBe(0);
      expect(stdout).toBe(await renderFolder(join(fleet.folder, folder)));
    }
  });

  it('in what stands in the cluster: the same objects, and of each the same fields with the same values', async () => {
    expect(await fleet.run('secrets', 'create', 'eu-1')).toMatchObject({ code: 0 });
    expect(await fleet.run('apply')).toMatchObject({ code: 0 });
    await addShard('eu-2');
    const texts = (await renderFolder(fleet.folder)).split(/^---\n/m);
    const words = [];
    for (const text of texts) {
      const object = manifest.parse(parseObjects(text)[0]);
      words.push(wordsFor(object));
      expect(await fieldsBy('argocd-controller', text), wordsFor(object)).toEqual(
        await fieldsBy('usher', text),
      );
    }
    const passwords = ['eu-1', 'eu-2'].map((name) => `Secret jitsi-${name}/shard-passwords`);
    const namespaced = words.filter((one) => one.includes('/'));
    expect(await appliedByUsher()).toEqual([...namespaced, ...passwords].sort());
  });
});

/**
 * The fields that a manager has of an object after the text was applied in a controller's name, with no leave to set
 * any to another value; nothing is changed.
 */
async function fieldsBy(manager: string, text: string): Promise<unknown> {
  const object = manifest.parse(parseObjects(text)[0]);
  const resource = await new Discovery(server).find(object);
  if (!resource) throw new Error(`no ${object.kind}`);
  const path = `${pathOf(resource, object.metadata)}?fieldManager=argocd-controller&dryRun=All`;
  const { status, body } = await applyText(fleet.controlPlane.admin, path, text);
  expect(status, `${wordsFor(object)}: ${body}`).toBe(200);
  const { managedFields } = applied.parse(JSON.parse(body)).metadata;
  return managedFields.find((one) => one.manager === manager && one.operation === 'Apply')?.fieldsV1;
}

async function appliedByUsher(): Promise<string[]> {
  const all = await Promise.all(['usher', 'jitsi-eu-1', 'jitsi-eu-2'].map((name) => objectsIn(server, name)));
  const own = all
    .flat()
    .filter(({ metadata }) => metadata.managedFields.some(({ manager }) => manager === 'usher'));
  return own.map(wordsFor).sort();
}

async function addShard(name: string): Promise<void> {
  const add = ['shard', 'add', name, '--region', 'eu', '--bridges', '1..2'];
  expect(await fleet.run(...add)).toMatchObject({ code: 0 });
  expect(await fleet.run('secrets', 'create', name)).toMatchObject({ code: 0 });
  const state = fleetState();
  state.fleet.operations = [];
  state.fleet.shards = [shard('eu-1'), shard(name)];
  const port = await freePort();
  const api = await startFakeApi(port, state);
  const added = await fleet.run(...add, '--apply', '--api-url', `http://127.0.0.1:${port}`);
  await api.close();
  expect(added).toMatchObject({ code: 0 });
}
