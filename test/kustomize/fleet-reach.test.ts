import { beforeAll, describe, expect, it } from 'vitest';
import { build, builder } from './builder.ts';
import { containersOf, type KubeObject, workloadsOf } from './kube-object.ts';
import { type PolicyPod, reaches } from './reach.ts';
import { exampleFolder } from './usher-fleet.ts';

/** A workload's pods, by their rendered labels. */
interface RenderedPod extends PolicyPod {
  readonly name: string;
  readonly ports: readonly {
    readonly name: string;
    readonly containerPort: number;
    readonly protocol: string;
  }[];
}

let objects: KubeObject[];
let pods: RenderedPod[];
const stranger = { name: 'stranger', namespace: 'default', labels: {}, ports: [] };

beforeAll(async () => {
  if (!builder) return;
  objects = await build(exampleFolder);
  pods = workloadsOf(objects).map((workload) => ({
    name: workload.metadata.name,
    namespace: workload.metadata.namespace ?? '',
    labels: workload.spec.template.metadata.labels,
    ports: containersOf(workload).flatMap(({ ports }) => ports),
  }));
});

/** Nothing enforces them in the tests' cluster: what they say is worked out from the rendered pods. */
describe.skipIf(!builder)('NetworkPolicies of the whole example fleet', () => {
  it('let each pod to these ports, and to no others', () => {
    const found: Record<string, string[]> = {};
    for (const to of pods.filter(({ namespace }) => ['usher', 'jitsi-eu-1'].includes(namespace))) {
      for (const { name, containerPort, protocol } of to.ports) {
        const port = { named: [name, containerPort], protocol };
        const peers = [...pods, stranger].filter((from) => reaches(objects, from, to, port));
        found[`${to.name} ${name}`] = peers.length === pods.length + 1 ? ['all'] : peers.map(nameFor).sort();
      }
    }
    const usher = ['orchestrator', 'proxy', 'redis'];
    expect(found).toEqual({
      'orchestrator api': usher,
      'proxy http': ['all'],
      'proxy spoe': ['proxy'],
      'proxy agent': ['orchestrator'],
      'proxy stats': [],
      'redis redis': usher,
      'redis sentinel': usher,
      'prosody c2s': ['jitsi-eu-1/jicofo', 'jitsi-eu-1/jvb', ...usher],
      'prosody http': ['jitsi-eu-1/web', ...usher],
      'jicofo rest': usher,
      'jvb colibri': usher,
      'jvb media': ['all'],
      'web http': usher,
    });
  });
});

function nameFor({ name, namespace }: RenderedPod): string {
  return namespace === 'usher' ? name : `${namespace}/${name}`;
}
