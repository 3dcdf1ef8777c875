import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  AppsV1Api,
  AutoscalingV2Api,
  CoreV1Api,
  PatchStrategy,
  setHeaderOptions,
} from '@kubernetes/client-node';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createKubernetesDriver, type KubernetesShards } from '../../../shards/kubernetes/create-driver.ts';
import { shardSpec } from '../../../shards/spec/schema.ts';
import { makeFleet } from '../../kustomize/testing-fleet.ts';
import { renderFolder } from '../../real/kustomize.ts';
import { type Cluster, startCluster } from '../cluster.ts';
import { type FakeMetrics, startMetrics } from './fake-metrics.ts';

const stop = new AbortController();
const { signal } = stop;
const namespace = 'jitsi-eu-1';
const spec = shardSpec.parse({ name: 'eu-1', region: 'eu', bridges: { min: 2, max: 8 } });
const merge = setHeaderOptions('Content-Type', PatchStrategy.MergePatch);

let fleet: { fleet: string; root: string };
let cluster: Cluster;
let metrics: FakeMetrics;
let shards: KubernetesShards;

beforeAll(async () => {
  fleet = await makeFleet([{ name: 'eu-1', components: ['media-hostport', 'bridge-hpa'] }]);
  cluster = await startCluster({ nodes: 5 });
  metrics = await startMetrics(cluster);
  const access = { kubeconfig: join(cluster.directory, 'admin.kubeconfig') };
  shards = createKubernetesDriver(access, pino({ level: 'silent' }), signal);
  await cluster.apply(await renderFolder(join(fleet.fleet, 'shards/eu-1')));
  const stringData = { JICOFO_AUTH_PASSWORD: 'a', JVB_AUTH_PASSWORD: 'b' };
  const body = { metadata: { name: 'shard-passwords' }, stringData };
  await cluster.admin.makeApiClient(CoreV1Api).createNamespacedSecret({ namespace, body });
});

afterAll(async () => {
  stop.abort();
  metrics?.close();
  await cluster?.stop();
  await rm(fleet.root, { recursive: true });
});

/** In their order: each goes on where the one before it ended. */
describe('with the component bridge-hpa', () => {
  it('bridges are as many as their throughput asks for, within BRIDGES', async () => {
    await expect.poll(ready, { timeout: 40_000 }).toHaveLength(2);
    // At 80 Mbit/s each.
    metrics.bitsPerSecond = 300e6;
    await expect.poll(ready, { timeout: 40_000 }).toHaveLength(4);
  });

  it('the orchestrator leaves their number alone, and ranks them by their people', async () => {
    await expect
      .poll(() =>
        shards.driver.ensure({ ...spec, bridges: { min: 5, max: 8 } }, signal).catch(() => undefined),
      )
      .toMatchObject({ name: 'eu-1' });
    await shards.driver.addBridges('eu-1', 5, signal);
    const names = ready();
    await expect(shards.driver.removeBridges('eu-1', names.slice(0, 1), signal)).rejects.toThrow();
    expect(await replicas()).toBe(4);
    const people = new Map(names.map((name, index) => [name, [20, 3, 40, 60][index] ?? 0]));
    await shards.driver.rankBridges('eu-1', people, signal);
    await expect.poll(costs).toEqual(new Map(names.map((name) => [name, String(people.get(name))])));
  });

  it('the one with the fewest goes first', async () => {
    const before = ready();
    // As it is, half an hour is waited.
    const body = { spec: { behavior: { scaleDown: { stabilizationWindowSeconds: 0 } } } };
    await cluster.admin
      .makeApiClient(AutoscalingV2Api)
      .patchNamespacedHorizontalPodAutoscaler({ name: 'jvb', namespace, body }, merge);
    metrics.bitsPerSecond = 10e6;
    await expect.poll(ready, { timeout: 40_000 }).toEqual(before.filter((_, index) => index !== 1));
    // One in five minutes.
    expect(await replicas()).toBe(3);
  });
});

/** The names of the bridges that are, by their own word. */
function ready(): string[] {
  const pods = cluster
    .pods(namespace, 'jvb')
    .filter(({ status }) => status?.conditions?.some((one) => one.type === 'Ready' && one.status === 'True'));
  return pods
    .filter(({ metadata }) => metadata?.deletionTimestamp === undefined)
    .map(({ metadata }) => metadata?.name ?? '')
    .sort();
}

function costs(): Map<string, string | undefined> {
  const cost = 'controller.kubernetes.io/pod-deletion-cost';
  const pods = cluster.pods(namespace, 'jvb');
  return new Map(
    pods.map(({ metadata }) => [metadata?.name ?? '', metadata?.annotations?.[cost]] as const).sort(),
  );
}

async function replicas(): Promise<number | undefined> {
  const apps = cluster.admin.makeApiClient(AppsV1Api);
  return (await apps.readNamespacedDeployment({ name: 'jvb', namespace })).spec?.replicas;
}
