import { describe, expect, it } from 'vitest';
import type { FoundObject } from './created-objects.ts';
import { decidePrune } from './decide-prune.ts';

type Field = FoundObject['metadata']['managedFields'][number];

const usher: Field = { manager: 'usher', operation: 'Apply', subresource: '', fieldsV1: {} };
const by = (manager: string, operation: string, fieldsV1: object = {}): Field => ({
  ...{ manager, operation, subresource: '', fieldsV1 },
});
const creator = (manager: string) =>
  by(manager, 'Update', { 'f:metadata': { 'f:labels': { 'f:kubernetes.io/metadata.name': {} } } });

function found(kind: string, name: string, managedFields: Field[], more: object = {}): FoundObject {
  const metadata = { name, labels: {}, annotations: {}, ownerReferences: [], managedFields, ...more };
  return { kind, path: `/${kind}/${name}`, metadata };
}
const namespace = (...managedFields: Field[]) => found('Namespace', 'jitsi-eu-1', managedFields);
const decide = (space: FoundObject, ...objects: FoundObject[]) => {
  const { doomed, foreign, namespaceStays } = decidePrune({ shard: 'eu-1', namespace: space, objects });
  const name = ({ kind, metadata }: FoundObject) => `${kind} ${metadata.name}`;
  const strangers = foreign.map(({ object, reason }) => `${name(object)}: ${reason}`);
  return { doomed: doomed.map(name), foreign: strangers, namespaceStays };
};

describe('decidePrune', () => {
  it('takes what usher applied, whoever else has changed it since, and the namespace that it made', () => {
    const objects = [
      found('Deployment', 'jvb', [
        usher,
        by('kubectl-rollout', 'Update'),
        by('usher-orchestrator', 'Update'),
      ]),
      found('Secret', 'shard-passwords', [by('usher', 'Update')]),
    ];
    expect(decide(namespace(usher, by('usher-orchestrator', 'Apply')), ...objects)).toEqual({
      doomed: ['Deployment jvb', 'Secret shard-passwords'],
      foreign: [],
      namespaceStays: undefined,
    });
  });

  it.each([
    ['by a person', [by('kubectl-create', 'Update')], 'made by kubectl-create'],
    ['by Argo CD', [usher, by('argocd-controller', 'Apply')], 'applied by argocd-controller'],
    ['by nobody knows whom', [], 'made by somebody else'],
  ])('names what was made %s', (_, fields, reason) => {
    const { doomed, foreign } = decide(namespace(usher), found('ConfigMap', 'mine', fields));
    expect({ doomed, foreign }).toEqual({ doomed: [], foreign: [`ConfigMap mine: ${reason}`] });
  });

  it('does not mind what Kubernetes makes by itself, and what goes with other objects', () => {
    const objects = [
      found('ConfigMap', 'kube-root-ca.crt', [by('kube-controller-manager', 'Update')]),
      found('ServiceAccount', 'default', [by('kube-controller-manager', 'Update')]),
      found('Pod', 'jvb-1', [], { ownerReferences: [{ kind: 'ReplicaSet' }] }),
      found('Endpoints', 'web', []),
      found('PersistentVolumeClaim', 'data-prosody-0', [], { labels: { 'usher.dev/shard': 'eu-1' } }),
    ];
    expect(decide(namespace(usher), ...objects)).toMatchObject({ doomed: [], foreign: [] });
  });

  it.each([
    ['that somebody else created', [usher, creator('kubectl-create')], 'created by kubectl-create'],
    ['that GitOps applies', [by('kustomize-controller', 'Apply')], 'applied by kustomize-controller'],
  ])('leaves a namespace %s', (_, fields, reason) => {
    expect(decide(namespace(...fields)).namespaceStays).toBe(reason);
  });

  it('has nothing to do where there is no namespace', () => {
    expect(decidePrune({ shard: 'eu-1', namespace: undefined, objects: [] }).doomed).toEqual([]);
  });
});
