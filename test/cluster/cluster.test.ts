import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppsV1Api, CoreV1Api, PatchStrategy, setHeaderOptions, type V1Pod } from '@kubernetes/client-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '../../common/time.ts';
import { logWriters } from '../../shards/local/process/log-writers.ts';
import { ask } from '../../shards/probes/ask.ts';
import { type Cluster, startCluster } from './cluster.ts';
import { containerLog } from './kubelet/pod-place.ts';

const namespace = 'jitsi-small';
const signal = new AbortController().signal;

let cluster: Cluster;
let core: CoreV1Api;

beforeAll(async () => {
  cluster = await startCluster({ nodes: 3 });
  core = cluster.admin.makeApiClient(CoreV1Api);
});

afterAll(() => cluster?.stop());

/** The tests build on each other: a shard's life from its first object to its last. */
describe('a shard in a cluster without containers', () => {
  it('waits for its Secret, and says so', async () => {
    await cluster.apply(readFileSync(join(import.meta.dirname, 'testing', 'shard.yaml'), 'utf8'));
    await expect
      .poll(() => waitingIn('prosody'), { timeout: 10_000 })
      .toEqual({ reason: 'CreateContainerConfigError', message: 'secret "shard-passwords" not found' });
  });

  it('becomes ready once it is there, by true probes', async () => {
    const stringData = { JICOFO_AUTH_PASSWORD: 'focus-secret', JVB_AUTH_PASSWORD: 'jvb-secret' };
    await core.createNamespacedSecret({
      namespace,
      body: { metadata: { name: 'shard-passwords' }, stringData },
    });
    await ready('prosody', 1);
    await ready('web', 2);
    expect(await webAnswer()).toMatchObject({ status: 200, headers: { 'x-jitsi-shard': 'small' } });
    // No bridge yet, and a Jicofo without one is not healthy.
    expect(readyPods('jicofo')).toEqual([]);
  });

  it("starts bridges when their pods' annotation is there, and Jicofo finds them", async () => {
    await waitFor(() => (cluster.pods(namespace, 'jvb').length === 2 ? true : undefined), {
      timeoutMs: 10_000,
      describe: () => 'there are no two bridge pods',
    });
    expect(readyPods('jvb')).toEqual([]);
    for (const pod of cluster.pods(namespace, 'jvb')) await givePort(pod);
    await ready('jvb', 2);
    await ready('jicofo', 1);
    await bridgesOfJicofo(2);
  });

  it('has one bridge a node, and one more waits for a node', async () => {
    await scaleBridges(4);
    const pending = await waitFor(() => unschedulable(), {
      timeoutMs: 10_000,
      describe: () => 'all four bridges found a node',
    });
    expect(pending).toBe(
      "0/3 nodes are available: 3 node(s) didn't have free ports for the requested pod ports.",
    );
    await scaleBridges(2);
    await waitFor(() => (cluster.pods(namespace, 'jvb').length === 2 ? true : undefined), {
      timeoutMs: 10_000,
      describe: () => 'the bridges were not scaled down',
    });
  });

  it('gets a new pod for one that is deleted', async () => {
    const [old] = await ready('prosody', 1);
    await core.deleteNamespacedPod({ name: 'prosody-0', namespace });
    const replaced = () => readyPods('prosody').find(({ metadata }) => metadata?.uid !== old?.metadata?.uid);
    const fresh = await waitFor(replaced, { timeoutMs: 20_000, describe: () => 'Prosody was not replaced' });
    expect(fresh.status?.podIP).not.toBe(old?.status?.podIP);
    // Through the Service, whose address stays: the bridges and Jicofo find the new one.
    await bridgesOfJicofo(2);
  });

  it('starts a container again that ended', async () => {
    const [bridge] = await ready('jvb', 2);
    await ask(`http://${bridge?.status?.podIP}:8080/colibri/shutdown`, signal, {
      body: '{"graceful-shutdown":"true"}',
    });
    const restarted = () =>
      cluster
        .pods(namespace, 'jvb')
        .flatMap(({ status }) => status?.containerStatuses ?? [])
        .find(({ restartCount, ready }) => restartCount === 1 && ready);
    const status = await waitFor(restarted, { timeoutMs: 20_000, describe: () => 'no bridge came back' });
    expect(status.lastState?.terminated).toMatchObject({ exitCode: 0, reason: 'Completed' });
  });

  it('is gone with its namespace, every process of it', async () => {
    const logs = cluster
      .pods(namespace)
      .flatMap(({ metadata, spec }) =>
        (spec?.containers ?? []).map(({ name }) =>
          containerLog(cluster.directory, namespace, metadata?.name ?? '', name),
        ),
      );
    expect(logWriters(new Set(logs))).toHaveLength(6);
    await core.deleteNamespace({ name: namespace });
    const gone = () =>
      core.readNamespace({ name: namespace }).then(
        () => undefined,
        () => true,
      );
    await waitFor(gone, { timeoutMs: 30_000, describe: () => 'the namespace is still there' });
    expect(logWriters(new Set(logs))).toEqual([]);
    expect(cluster.resolve('web', namespace)).toBeUndefined();
  });
});

function readyPods(app: string): V1Pod[] {
  return cluster
    .pods(namespace, app)
    .filter(({ status }) =>
      status?.conditions?.some(({ type, status: holds }) => type === 'Ready' && holds === 'True'),
    );
}

function ready(app: string, count: number): Promise<V1Pod[]> {
  return waitFor(() => (readyPods(app).length === count ? readyPods(app) : undefined), {
    timeoutMs: 30_000,
    describe: () => `${app}: ${JSON.stringify(cluster.pods(namespace, app).map(({ status }) => status))}`,
  });
}

function waitingIn(app: string) {
  return cluster.pods(namespace, app)[0]?.status?.containerStatuses?.[0]?.state?.waiting;
}

function unschedulable(): string | undefined {
  const conditions = cluster.pods(namespace, 'jvb').flatMap(({ status }) => status?.conditions ?? []);
  return conditions.find(({ reason }) => reason === 'Unschedulable')?.message;
}

async function givePort(pod: V1Pod): Promise<void> {
  const body = { metadata: { annotations: { 'example.test/port': '30001' } } };
  await core.patchNamespacedPod(
    { name: pod.metadata?.name ?? '', namespace, body },
    setHeaderOptions('Content-Type', PatchStrategy.MergePatch),
  );
}

async function scaleBridges(replicas: number): Promise<void> {
  await cluster.admin
    .makeApiClient(AppsV1Api)
    .patchNamespacedDeploymentScale(
      { name: 'jvb', namespace, body: { spec: { replicas } } },
      setHeaderOptions('Content-Type', PatchStrategy.MergePatch),
    );
}

async function webAnswer() {
  return ask(`http://${cluster.resolve('web', namespace)}:8000/about/health`, signal);
}

async function bridgesOfJicofo(count: number): Promise<void> {
  let said = '';
  const found = async () => {
    const answer = await ask(`http://${cluster.resolve('jicofo', namespace)}:8888/stats`, signal);
    said = answer.ok ? answer.body : answer.reason;
    return answer.ok && JSON.parse(said).bridge_selector.bridge_count === count ? true : undefined;
  };
  await waitFor(found, { timeoutMs: 30_000, describe: () => `Jicofo has no ${count} bridges: ${said}` });
}
