import { ok } from 'node:assert/strict';
import { CoreV1Api, KubeConfig, RbacAuthorizationV1Api } from '@kubernetes/client-node';
import { type Logger, pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Bell } from '../../../common/bell.ts';
import { waitFor } from '../../../common/time.ts';
import { ClusterApi } from '../../../shards/kubernetes/cluster-api.ts';
import type { ObjectStore } from '../../../shards/kubernetes/object-store.ts';
import { type ConfigMap, configMap } from '../../../shards/kubernetes/objects.ts';
import { readWatch } from '../../../shards/kubernetes/read-watch.ts';
import { watchObjects } from '../../../shards/kubernetes/watch-objects.ts';
import { ProcessDirectory } from '../../../shards/local/process/process-directory.ts';
import { Link } from '../../chaos/link.ts';
import { type ControlPlane, startControlPlane } from '../control-plane.ts';

const path = '/api/v1/configmaps';
const selectors = { labelSelector: 'watched', fieldSelector: 'metadata.name=shard' };

describe('watching objects', () => {
  let controlPlane: ControlPlane;
  let core: CoreV1Api;
  let link: Link;
  let api: ClusterApi;
  let store: ObjectStore<ConfigMap>;
  let lines: { msg: string; level: number; expired?: boolean }[];
  let stop: AbortController;
  let log: Logger;

  beforeAll(async () => {
    controlPlane = await startControlPlane();
    core = controlPlane.admin.makeApiClient(CoreV1Api);
    for (const name of ['a', 'b', 'c']) await core.createNamespace({ body: { metadata: { name } } });
  });

  afterAll(() => controlPlane.stop());

  beforeEach(async () => {
    link = await Link.to({ host: '127.0.0.1', port: Number(new URL(controlPlane.url).port) });
    const config = new KubeConfig();
    config.loadFromString(
      controlPlane.adminKubeconfig.replace(controlPlane.url, `https://127.0.0.1:${link.port}`),
    );
    api = new ClusterApi(config);
    stop = new AbortController();
    lines = [];
    log = pino({ level: 'debug' }, { write: (line) => lines.push(JSON.parse(line)) });
    await put('a', 'one');
    store = watchObjects(
      api,
      { kind: 'configmaps', path, selectors, schema: configMap },
      new Bell(),
      log,
      stop.signal,
    );
    await holds({ a: 'one' });
  });

  afterEach(async () => {
    stop.abort();
    await link.close();
    for (const namespace of ['a', 'b', 'c']) await drop(namespace);
  });

  it('tells what comes, changes and goes, and nothing that the selectors leave out', async () => {
    await put('b', 'two');
    await core.createNamespacedConfigMap({
      namespace: 'c',
      body: { metadata: { name: 'shard' }, data: { is: 'without the label' } },
    });
    await put('a', 'three');
    await holds({ a: 'three', b: 'two' });
    await drop('a');
    await holds({ b: 'two' });
    expect(lines).toEqual([]);
  });

  it('goes on where it was when its connection is cut', async () => {
    link.set({ is: 'cut' });
    await put('b', 'two');
    await drop('a');
    await waitFor(() => store.error || undefined, { timeoutMs: 5_000, describe: () => 'nothing noticed' });
    expect(contents()).toEqual({ a: 'one' });
    link.set({ is: 'open' });
    await holds({ b: 'two' });
    expect(lines.some(({ expired }) => expired)).toBe(false);
    expect(store.error).toBe('');
  });

  it('lists anew when the API server was replaced and no longer knows the place', async () => {
    const resourceVersion = store.get('a', 'shard')?.metadata.resourceVersion;
    link.set({ is: 'cut' });
    await put('b', 'two');
    await put('b', 'three');
    await drop('a');
    await compactEtcd(controlPlane);
    await restartApiServer(controlPlane);
    link.set({ is: 'open' });
    await holds({ b: 'three' });
    const from = readWatch(api, path, { ...selectors, resourceVersion }, stop.signal);
    await expect(drain(from)).rejects.toMatchObject({ code: 410 });
  });

  it('outlives an API server that is killed', async () => {
    await restartApiServer(controlPlane);
    await put('b', 'two');
    await holds({ a: 'one', b: 'two' });
  });

  it('takes silence for a cut', async () => {
    const watch = readWatch(api, path, { ...selectors, resourceVersion: 0 }, stop.signal, 500);
    await watch.next();
    link.set({ is: 'silent' });
    await expect(drain(watch)).rejects.toThrow('silent for 500 ms');
  });

  it('says once what stands in its way, and comes to know it later', async () => {
    const namespace = 'a';
    const account = () =>
      core.readNamespacedServiceAccount({ name: 'default', namespace }).catch(() => undefined);
    await waitFor(account, { timeoutMs: 5_000, describe: () => 'no ServiceAccount' });
    const config = new KubeConfig();
    config.loadFromString(await controlPlane.kubeconfigFor(namespace, 'default'));
    const kind = { kind: 'configmaps', path, selectors, schema: configMap };
    const unknown = watchObjects(new ClusterApi(config), kind, new Bell(), log, stop.signal);
    const told = () => lines.filter(({ msg }) => msg === 'watch broke').length > 2 || undefined;
    await waitFor(told, { timeoutMs: 10_000, describe: () => 'not tried again' });
    expect(unknown.synced).toBe(false);
    expect(unknown.error).toContain('cannot list resource "configmaps"');
    expect(lines.filter(({ level }) => level === 40)).toHaveLength(1);
    await controlPlane.admin.makeApiClient(RbacAuthorizationV1Api).createClusterRoleBinding({
      body: {
        metadata: { name: 'watcher' },
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
        subjects: [{ kind: 'ServiceAccount', name: 'default', namespace }],
      },
    });
    await waitFor(() => unknown.get('a', 'shard'), { timeoutMs: 30_000, describe: () => unknown.error });
  });

  function contents(): Record<string, string | undefined> {
    return Object.fromEntries(
      [...store.namespaces()].map((name) => [name, store.get(name, 'shard')?.data?.is]),
    );
  }

  async function holds(expected: Record<string, string>): Promise<void> {
    const same = () => (store.synced && isSame(contents(), expected)) || undefined;
    await waitFor(same, {
      timeoutMs: 20_000,
      describe: () => `${JSON.stringify(contents())}, not ${JSON.stringify(expected)}`,
    });
  }

  async function put(namespace: string, is: string): Promise<void> {
    await drop(namespace);
    const metadata = { name: 'shard', labels: { watched: '' } };
    await core.createNamespacedConfigMap({ namespace, body: { metadata, data: { is } } });
  }

  async function drop(namespace: string): Promise<void> {
    await core.deleteNamespacedConfigMap({ namespace, name: 'shard' }).catch(() => undefined);
  }
});

async function drain(events: AsyncIterable<unknown>): Promise<number> {
  let count = 0;
  for await (const event of events) count += Number(event !== undefined);
  return count;
}

function isSame(one: object, other: object): boolean {
  return JSON.stringify(Object.entries(one).sort()) === JSON.stringify(Object.entries(other).sort());
}

/** Forgets all versions of before: a watch can't begin at one. */
async function compactEtcd({ directory }: ControlPlane): Promise<void> {
  const record = new ProcessDirectory(directory).find('etcd');
  const url = record?.args.find((arg) => arg.startsWith('--listen-client-urls='))?.split('=')[1];
  const ask = async (what: string, body: object) => {
    const answer = await fetch(`${url}/v3/kv/${what}`, { method: 'POST', body: JSON.stringify(body) });
    ok(answer.ok, `etcd: ${what}: ${answer.status}`);
    return (await answer.json()) as { header: { revision: string } };
  };
  const { header } = await ask('range', { key: 'AA==' });
  await ask('compaction', { revision: header.revision, physical: true });
}

/** Kills it, and starts another with the same arguments over the same etcd. */
async function restartApiServer({ directory, admin }: ControlPlane): Promise<void> {
  const processes = new ProcessDirectory(directory);
  const record = processes.find('kube-apiserver');
  ok(record);
  await processes.stop(record.name, 0);
  await processes.start(record);
  await waitFor(
    () =>
      admin
        .makeApiClient(CoreV1Api)
        .listNamespace()
        .catch(() => undefined),
    { timeoutMs: 40_000, describe: () => 'the API server did not come back' },
  );
}
