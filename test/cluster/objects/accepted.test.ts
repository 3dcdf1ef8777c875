import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { KubernetesObject } from '@kubernetes/client-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inParallel } from '../../../cli/cluster/in-parallel.ts';
import { externalSecret } from '../../../cli/secrets/external-secret.ts';
import { freshPasswords, shardSecret, withPasswords } from '../../../cli/secrets/password-secret.ts';
import { makeFleet } from '../../kustomize/testing-fleet.ts';
import { exampleFolder, withUsherComponent } from '../../kustomize/usher-fleet.ts';
import { renderFolder } from '../../real/kustomize.ts';
import { applyObjects, parseObjects } from '../apply-objects.ts';
import { type ControlPlane, startControlPlane } from '../control-plane.ts';
import { applyDefinitions, findDefinitions } from './definitions.ts';
import { type StrictApply, strictApply } from './strict-apply.ts';

const root = join(import.meta.dirname, '../../..');
const definitions = await findDefinitions();
const known = definitions.length > 0;
const others = "Prometheus', Argo CD's, Flux's and External Secrets' objects";

const more = ['bridge-hpa', 'relay', 'monitoring', 'turn'];
const combinations = ['media-hostport', 'media-nodeport'].flatMap((media) =>
  subsets(more).map((some) => [media, ...some]),
);

let controlPlane: ControlPlane;
let trying: StrictApply;
const folders: string[] = [];

beforeAll(async () => {
  controlPlane = await startControlPlane();
  await applyDefinitions(controlPlane.admin, definitions);
  trying = strictApply(controlPlane.admin, { dryRun: true });
});

afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true });
  await controlPlane?.stop();
});

describe(`the API server has nothing against${known ? '' : ` (left out, as Go fetched no definitions: ${others})`}`, () => {
  it(`a shard of any components, ${combinations.length} in all, but host ports`, async () => {
    const shards = combinations.map((components, index) => {
      return { name: `c${index}`, components, literals: ['TURN_HOST=turn.example.org'] };
    });
    const made = await makeFleet(shards);
    folders.push(made.root);
    const findings = await said(distinct(await objectsOf(made.fleet)));
    // Against every level of Pod Security but `privileged`, which is what their namespaces enforce; they warn still.
    const warning = /^Deployment \S+: would violate PodSecurity "restricted:latest": hostPort \([^()]*\)$/;
    expect(findings.filter((finding) => !warning.test(finding))).toEqual([]);
    // Alone, with relay, with the HPA, and with both.
    expect(findings).toHaveLength(4);
  });

  it('usher itself, with metrics and without, and a TURN server', async () => {
    const monitored = await withUsherComponent('monitoring-usher');
    folders.push(monitored.root);
    const usher = [exampleFolder, monitored.fleet].map((fleet) => join(fleet, 'usher'));
    for (const folder of [...usher, `${root}/kustomize/base/turn`]) {
      expect(await said(await objectsOf(folder))).toEqual([]);
    }
  });

  it.each(['example', 'local'])('the fleet %s, but host ports', async (name) => {
    const findings = await said(await objectsOf(`${root}/kustomize/overlays/${name}`));
    expect(findings.map((finding) => finding.split(': ')[0])).toEqual(
      ['eu-1', 'eu-2', 'us-1'].map((shard) => `Deployment jitsi-${shard}/jvb`),
    );
  });

  it('the passwords of a shard', async () => {
    const [namespace] = await objectsOf(join(exampleFolder, 'shards/eu-1'));
    expect(
      await said([namespace ?? {}, withPasswords(shardSecret('eu-1'), freshPasswords(shardSecret('eu-1')))]),
    ).toEqual([]);
  });

  it.skipIf(!known)(others, async () => {
    const files = ['argocd-applicationset', 'flux-kustomization'].map((name) => `docs/gitops/${name}.yaml`);
    const texts = await Promise.all(files.map((file) => readFile(join(root, file), 'utf8')));
    const homes = ['argocd', 'flux-system', 'jitsi-eu-1'].map((name) => {
      return { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
    });
    const external = externalSecret(shardSecret('eu-1'), 'vault', 'jitsi/eu-1');
    expect(await said([...homes, ...texts.flatMap(parseObjects), external])).toEqual([]);
    expect(await said([{ ...external, spec: { refreshIntervall: '0' } }])).toHaveLength(1);
  });
});

/** Namespaces are applied, the rest only tried. */
async function said(objects: readonly object[]): Promise<string[]> {
  const isNamespace = ({ kind }: KubernetesObject) => kind === 'Namespace';
  const namespaces = objects.filter(isNamespace);
  await applyObjects(controlPlane.admin, namespaces);
  return (await inParallel(objects, trying)).flat();
}

async function objectsOf(folder: string): Promise<KubernetesObject[]> {
  const objects = parseObjects(await renderFolder(folder));
  return known ? objects : objects.filter(({ kind = '' }) => !kind.endsWith('Monitor'));
}

/** Without those that differ from another in their shard alone. */
function distinct(objects: readonly KubernetesObject[]): KubernetesObject[] {
  const withoutShard = (object: object) => JSON.stringify(object).replaceAll(/\bc\d+\b|\b100\d\d\b/g, '');
  return [...new Map(objects.map((object) => [withoutShard(object), object])).values()];
}

function subsets([first, ...rest]: readonly string[]): string[][] {
  if (first === undefined) return [[]];
  return subsets(rest).flatMap((some) => [some, [first, ...some]]);
}
