import { join } from 'node:path';
import { AppsV1Api, CoreV1Api, PatchStrategy, PolicyV1Api, setHeaderOptions } from '@kubernetes/client-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exampleFolder } from '../../kustomize/usher-fleet.ts';
import { renderFolder } from '../../real/kustomize.ts';
import { type Cluster, startCluster } from '../cluster.ts';

const shard = 'jitsi-eu-1';

let cluster: Cluster;
let core: CoreV1Api;

beforeAll(async () => {
  cluster = await startCluster({ nodes: 3 });
  core = cluster.admin.makeApiClient(CoreV1Api);
  for (const folder of ['usher', 'shards/eu-1']) {
    await cluster.apply(await renderFolder(join(exampleFolder, folder)));
  }
  await createSecret('usher', 'redis', { password: 'redis-secret' });
  await createSecret(shard, 'shard-passwords', { JICOFO_AUTH_PASSWORD: 'a', JVB_AUTH_PASSWORD: 'b' });
  await cluster.admin
    .makeApiClient(AppsV1Api)
    .patchNamespacedDeploymentScale(
      { name: 'jvb', namespace: shard, body: { spec: { replicas: 2 } } },
      setHeaderOptions('Content-Type', PatchStrategy.MergePatch),
    );
});

afterAll(() => cluster?.stop());

describe('pods of usher and of a shard', () => {
  it('are all admitted by the level of Pod Security that their namespaces enforce', async () => {
    await expect
      .poll(() => readyApps('usher'), { timeout: 40_000 })
      .toEqual([...['orchestrator', 'orchestrator', 'proxy', 'proxy', 'redis', 'redis', 'redis']]);
    await expect
      .poll(() => readyApps(shard), { timeout: 40_000 })
      .toEqual([...['jicofo', 'jvb', 'jvb', 'prosody', 'web', 'web']]);
    // It is enforced here, too.
    await expect(createPod('usher')).rejects.toMatchObject({ code: 403 });
  });

  // Evicted one after the other, at once: how many of them Kubernetes lets go.
  it.each([
    [shard, 'prosody', [429]],
    [shard, 'jicofo', [429]],
    [shard, 'web', [201, 429]],
    [shard, 'jvb', [201, 429]],
    ['usher', 'orchestrator', [201, 429]],
    ['usher', 'proxy', [201, 429]],
    ['usher', 'redis', [201, 429, 429]],
  ])('of %s %s are evicted by their budget: %j', async (namespace, app, codes) => {
    const policy = cluster.admin.makeApiClient(PolicyV1Api);
    const allowed = async () =>
      (await policy.readNamespacedPodDisruptionBudget({ name: app, namespace })).status?.disruptionsAllowed;
    await expect.poll(allowed, { timeout: 20_000 }).toBe(codes.filter((code) => code === 201).length);
    const found = [];
    for (const { metadata } of cluster.pods(namespace, app))
      found.push(await evict(namespace, metadata?.name ?? ''));
    expect(found).toEqual(codes);
  });
});

function readyApps(namespace: string): string[] {
  const ready = cluster
    .pods(namespace)
    .filter(({ status }) => status?.conditions?.some((one) => one.type === 'Ready' && one.status === 'True'));
  return ready.map(({ metadata }) => metadata?.labels?.['app.kubernetes.io/name'] ?? '').sort();
}

/** The API server's answer. */
async function evict(namespace: string, name: string): Promise<number> {
  const body = { metadata: { name, namespace } };
  return core.createNamespacedPodEviction({ name, namespace, body }).then(
    () => 201,
    ({ code }: { code: number }) => code,
  );
}

async function createSecret(
  namespace: string,
  name: string,
  stringData: Record<string, string>,
): Promise<void> {
  await core.createNamespacedSecret({ namespace, body: { metadata: { name }, stringData } });
}

function createPod(namespace: string) {
  const spec = { containers: [{ name: 'any', image: 'any', securityContext: { privileged: true } }] };
  return core.createNamespacedPod({ namespace, body: { metadata: { name: 'any' }, spec } });
}
