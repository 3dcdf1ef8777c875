import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { build, builder } from './builder.ts';
import type { KubeObject } from './kube-object.ts';
import { mayReach } from './reach.ts';
import { makeFleet } from './testing-fleet.ts';

const own = 'jitsi-eu-1';
const peers = [
  ...['prosody', 'jicofo', 'web', 'jvb'].map((name) => ({ namespace: own, name })),
  { namespace: 'usher', name: 'orchestrator' },
  { namespace: 'jitsi-eu-2', name: 'jicofo' },
  { namespace: 'monitoring', name: 'prometheus' },
  { namespace: 'monitoring', name: 'grafana' },
  { namespace: 'internet', name: 'anybody' },
];
const roots: string[] = [];
let plain: KubeObject[];
let monitored: KubeObject[];

beforeAll(async () => {
  if (!builder) return;
  [plain = [], monitored = []] = await Promise.all(
    [['media-hostport'], ['media-hostport', 'monitoring']].map(made),
  );
});
afterAll(async () => {
  for (const root of roots) await rm(root, { recursive: true });
});

async function made(components: string[]): Promise<KubeObject[]> {
  const { fleet, root } = await makeFleet([{ name: 'eu-1', components }]);
  roots.push(root);
  return build(fleet);
}

function whoReaches(objects: readonly KubeObject[], target: string, ...ports: (string | number)[]): string[] {
  return peers
    .filter((peer) => mayReach(objects, own, peer, target, ports))
    .map(({ namespace, name }) => (namespace === own ? name : `${namespace}/${name}`));
}

describe.skipIf(!builder)('NetworkPolicies', () => {
  it.each([
    ['prosody', ['c2s', 5222], ['jicofo', 'jvb', 'usher/orchestrator']],
    ['prosody', ['http', 5280], ['web', 'usher/orchestrator']],
    ['jicofo', ['rest', 8888], ['usher/orchestrator']],
    ['web', ['http', 8000], ['usher/orchestrator']],
    ['jvb', ['colibri', 8080], ['usher/orchestrator']],
    ['something-else', [80], []],
  ])('let to %s on %j only %j', (target, ports, who) => {
    expect(whoReaches(plain, target, ...ports)).toEqual(who);
  });

  it('let everybody send media', () => {
    expect(whoReaches(plain, 'jvb', 'media')).toHaveLength(peers.length);
  });

  it.each([
    ['prosody', ['http', 5280]],
    ['jicofo', ['rest', 8888]],
    ['jvb', ['colibri', 8080]],
  ])('let Prometheus, too, to %s with the component monitoring', (target, ports) => {
    expect(whoReaches(monitored, target, ...ports)).toEqual([
      ...whoReaches(plain, target, ...ports),
      'monitoring/prometheus',
    ]);
  });
});
