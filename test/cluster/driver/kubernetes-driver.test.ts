import { ok } from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { AppsV1Api, CoreV1Api, DiscoveryV1Api, type V1Pod } from '@kubernetes/client-node';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { messageOf } from '../../../common/errors.ts';
import { waitFor } from '../../../common/time.ts';
import type { ShardEndpoints } from '../../../shards/driver.ts';
import { scaleBridges, setCost } from '../../../shards/kubernetes/bridges.ts';
import { podsOf } from '../../../shards/kubernetes/cluster-view.ts';
import { createKubernetesDriver, type KubernetesShards } from '../../../shards/kubernetes/create-driver.ts';
import { victimCost } from '../../../shards/kubernetes/decide-removal.ts';
import { isReady } from '../../../shards/kubernetes/pod-state.ts';
import { ask } from '../../../shards/probes/ask.ts';
import { type ShardSpec, shardSpec } from '../../../shards/spec/schema.ts';
import { makeFleet } from '../../kustomize/testing-fleet.ts';
import { renderFolder } from '../../real/kustomize.ts';
import { type Cluster, startCluster } from '../cluster.ts';

const stop = new AbortController();
const { signal } = stop;
const namespace = 'jitsi-eu-1';
const spec = shardSpec.parse({ name: 'eu-1', region: 'eu', bridges: { min: 2, max: 8 } });

let cluster: Cluster;
let core: CoreV1Api;
let shards: KubernetesShards;
let fleet: { fleet: string; root: string };
const lines: { msg: string; bridges?: string[] }[] = [];

beforeAll(async () => {
  fleet = await makeFleet([
    { name: 'eu-1', components: ['media-hostport'] },
    { name: 'us-1', components: ['media-nodeport'] },
  ]);
  cluster = await startCluster({ nodes: 6 });
  core = cluster.admin.makeApiClient(CoreV1Api);
  const log = pino({}, { write: (line) => lines.push(JSON.parse(line)) });
  shards = createKubernetesDriver({ kubeconfig: join(cluster.directory, 'admin.kubeconfig') }, log, signal);
});

afterAll(async () => {
  stop.abort();
  rmSync(fleet.root, { recursive: true, force: true });
  await cluster?.stop();
});

/** The tests build on each other: a shard's life from its first object to its last. */
describe('the driver kubernetes', () => {
  it('has no shard before anybody has applied one', async () => {
    expect(await shards.driver.list(signal)).toEqual([]);
    await expect(shards.driver.ensure(spec, signal)).rejects.toThrow(
      'shard eu-1: no ConfigMap shard in namespace jitsi-eu-1: apply its overlay',
    );
  });

  it('discovers one that somebody applied, and says what it lacks', async () => {
    await apply('eu-1');
    const [found] = await listed(({ length }) => length === 1);
    expect(found).toMatchObject({ name: 'eu-1', region: 'eu', brewery: { user: 'jvb', password: '' } });
    expect(found?.web).toMatch(/^http:\/\/10\.96\.\d+\.\d+:8000$/);
    expect(found?.startedAt).toBeUndefined();
    await expect(shards.driver.ensure(spec, signal)).rejects.toThrow(
      'no Secret shard-passwords in namespace jitsi-eu-1: `usher secrets create eu-1` makes it',
    );
  });

  it('brings it to its bridges, and knows it when each part is ready', async () => {
    await createSecret(namespace);
    await ensured(spec);
    const bridges = await ready(2);
    const endpoints = await ensured(spec);
    expect(endpoints.brewery).toEqual({
      user: 'jvb',
      password: 'jvb-secret',
      jid: 'jvbbrewery@internal-muc.meet.jitsi',
    });
    expect(Math.abs((endpoints.startedAt ?? 0) - Date.now())).toBeLessThan(60_000);
    expect(endpoints.bridges.map(({ name }) => name).sort()).toEqual(bridges);
    for (const { rest } of endpoints.bridges) expect(await status(`${rest}/about/health`)).toBe(200);
    expect(await status(`${endpoints.jicofo}/about/health`)).toBe(200);
    expect(await status(`${endpoints.prosodyHttp}/room-census`)).toBe(200);
    expect(await status(`${endpoints.web}/about/health`)).toBe(200);
  });

  it('asks the API server for nothing but its watches while nothing changes', async () => {
    const before = shards.api.sent;
    for (let round = 0; round < 50; round += 1) {
      await shards.driver.ensure(spec, signal);
      await shards.driver.list(signal);
    }
    // One a minute for each of five kinds.
    expect(shards.api.sent - before).toBeLessThanOrEqual(5);
  });

  it('adds bridges, and never takes one by adding', async () => {
    await shards.driver.addBridges('eu-1', 5, signal);
    await shards.driver.addBridges('eu-1', 3, signal);
    await ready(5);
  });

  it('removes exactly the bridges that it was told', async () => {
    const before = await ready(5);
    const [first = '', , third = ''] = before;
    await shards.driver.removeBridges('eu-1', [first, third], signal);
    expect(await ready(3)).toEqual(before.filter((name) => name !== first && name !== third));
    // Again, as one who leads next would: they are gone, and nobody else goes.
    await shards.driver.removeBridges('eu-1', [first, third], signal);
    expect(await replicas()).toBe(3);
  });

  it.each(['between cost and scale', 'between scale and deletion'])(
    'ends what a leader that died %s has begun',
    async (moment) => {
      await shards.driver.addBridges('eu-1', 4, signal);
      const before = await ready(4);
      const { api, view } = shards;
      const pod = podsOf(view.shard('eu-1'), 'jvb').find(({ metadata }) => metadata.name === before[1]);
      ok(pod);
      await setCost(api, pod, victimCost, signal);
      if (moment === 'between scale and deletion') {
        const lower = async () => {
          const resourceVersion = view.shard('eu-1').deployment?.metadata.resourceVersion ?? '';
          return (await scaleBridges(api, 'eu-1', { replicas: 3, resourceVersion }, signal)) || undefined;
        };
        await waitFor(lower, { timeoutMs: 5_000, describe: () => 'the Deployment does not rest' });
      }
      await shards.driver.removeBridges('eu-1', [pod.metadata.name], signal);
      expect(await ready(3)).toEqual(before.filter((name) => name !== pod.metadata.name));
      expect(await replicas()).toBe(3);
    },
  );

  it('does not scale what has changed under its hands', async () => {
    const stale = { replicas: 1, resourceVersion: '1' };
    expect(await scaleBridges(shards.api, 'eu-1', stale, signal)).toBe(false);
    expect(await replicas()).toBe(3);
  });

  it('knows when Prosody has started anew', async () => {
    const [before] = await shards.driver.list(signal);
    await core.deleteNamespacedPod({ name: 'prosody-0', namespace });
    const again = ([shard]: ShardEndpoints[]) => (shard?.startedAt ?? 0) > (before?.startedAt ?? 0);
    await listed(again);
  });

  it('says which bridges do not start and why, while the others serve', async () => {
    await ensured(spec);
    await shards.driver.addBridges('eu-1', 7, signal);
    const told = async () => {
      await shards.driver.ensure(spec, signal);
      return lines.findLast(({ bridges }) => bridges?.some((one) => one.includes('Unschedulable')));
    };
    const line = await waitFor(told, { timeoutMs: 20_000, describe: () => 'nothing said' });
    expect(line.bridges?.join()).toContain("6 node(s) didn't have free ports");
    const oneUnready = () => {
      const [first, second] = podsOf(shards.view.shard('eu-1'), 'jvb').filter((pod) => !isReady(pod));
      return second === undefined ? first?.metadata.name : undefined;
    };
    const pending = await waitFor(oneUnready, { timeoutMs: 20_000, describe: () => 'not six are ready' });
    // It is not ready, and may go all the same: it goes first.
    await shards.driver.removeBridges('eu-1', [pending], signal);
    await ready(6);
  });

  it('shows its status on the namespace, and a new state as an Event', async () => {
    const status = { state: 'ready', reason: 'all probes pass', rooms: 3, participants: undefined };
    const write = (over: object) => shards.status.writeStatus('eu-1', { ...status, ...over }, signal);
    await write({});
    await write({});
    await write({ rooms: 4 });
    await write({ state: 'down', reason: 'Prosody does not answer', rooms: undefined });
    const { metadata } = await core.readNamespace({ name: namespace });
    expect(metadata?.annotations).toMatchObject({
      'usher.dev/state': 'down',
      'usher.dev/reason': 'Prosody does not answer',
    });
    expect(metadata?.annotations).not.toHaveProperty('usher.dev/rooms');
    expect(metadata?.managedFields?.map(({ manager }) => manager)).toContain('usher-orchestrator');
    const { items } = await core.listNamespacedEvent({ namespace });
    const own = items.filter(({ source }) => source?.component === 'usher-orchestrator');
    expect(own.map(({ type, reason, message }) => [type, reason, message]).sort()).toEqual([
      ['Normal', 'ShardReady', 'all probes pass'],
      ['Warning', 'ShardDown', 'Prosody does not answer'],
    ]);
  });

  it('no longer has a shard whose namespace is being deleted', async () => {
    await core.deleteNamespace({ name: namespace });
    await listed(({ length }) => length === 0);
  });

  it('gives each bridge a NodePort of its own where the shard asks for it, and takes it away with it', async () => {
    await apply('us-1');
    await createSecret('jitsi-us-1');
    await ensured({ ...spec, name: 'us-1' });
    const bridges = await ready(2, 'us-1');
    const services = await mediaServices();
    expect(services.map(({ metadata }) => metadata?.name).sort()).toEqual(bridges);
    const pods = cluster.pods('jitsi-us-1', 'jvb');
    for (const { metadata, spec: service } of services) {
      const [port] = service?.ports ?? [];
      expect(port).toMatchObject({ protocol: 'UDP', nodePort: expect.any(Number) });
      const pod = pods.find((one) => one.metadata?.name === metadata?.name);
      expect(pod?.metadata?.annotations?.['usher.dev/media-port']).toBe(String(port?.nodePort));
      expect(await behind(metadata?.name ?? '')).toEqual([pod?.status?.podIP]);
    }
    await shards.driver.addBridges('us-1', 3, signal);
    await ensured({ ...spec, name: 'us-1' });
    await ready(3, 'us-1');
    const [first = ''] = bridges;
    await shards.driver.removeBridges('us-1', [first], signal);
    const gone = async () => (await mediaServices()).every(({ metadata }) => metadata?.name !== first);
    await waitFor(async () => (await gone()) || undefined, {
      timeoutMs: 20_000,
      describe: () => 'the Service stayed',
    });
  });
});

async function apply(name: string): Promise<void> {
  await cluster.apply(await renderFolder(join(fleet.fleet, 'shards', name)));
}

async function createSecret(namespaceName: string): Promise<void> {
  const stringData = { JICOFO_AUTH_PASSWORD: 'focus-secret', JVB_AUTH_PASSWORD: 'jvb-secret' };
  const body = { metadata: { name: 'shard-passwords' }, stringData };
  await core.createNamespacedSecret({ namespace: namespaceName, body });
}

function listed(is: (found: ShardEndpoints[]) => boolean): Promise<ShardEndpoints[]> {
  const look = async () => {
    const found = await shards.driver.list(signal);
    return is(found) ? found : undefined;
  };
  return waitFor(look, { timeoutMs: 20_000, describe: () => 'the shards are others' });
}

/** Looks again and again, as the orchestrator does. */
async function ensured(wanted: ShardSpec): Promise<ShardEndpoints> {
  let said = '';
  const look = () =>
    shards.driver.ensure(wanted, signal).catch((error: unknown) => {
      said = messageOf(error);
      return undefined;
    });
  return waitFor(look, { timeoutMs: 40_000, everyMs: 200, describe: () => said });
}

/** The names of the bridges when so many are there, and all ready. */
async function ready(count: number, shard = 'eu-1'): Promise<string[]> {
  const look = async () => {
    await shards.driver.ensure({ ...spec, name: shard }, signal).catch(() => undefined);
    const pods = podsOf(shards.view.shard(shard), 'jvb');
    const names = pods.filter(isReady).map(({ metadata }) => metadata.name);
    return names.length === count && pods.length === count ? names.sort() : undefined;
  };
  const describe = () => JSON.stringify(cluster.pods(`jitsi-${shard}`, 'jvb').map(podLine));
  return waitFor(look, { timeoutMs: 40_000, everyMs: 100, describe });
}

function podLine({ metadata, status: now }: V1Pod): string {
  return `${metadata?.name} ${now?.phase} ${metadata?.deletionTimestamp ?? ''}`;
}

async function replicas(): Promise<number | undefined> {
  const apps = cluster.admin.makeApiClient(AppsV1Api);
  return (await apps.readNamespacedDeployment({ name: 'jvb', namespace })).spec?.replicas;
}

async function status(url: string): Promise<number | undefined> {
  const answer = await ask(url, signal);
  return answer.ok ? answer.status : undefined;
}

async function mediaServices() {
  const { items } = await core.listNamespacedService({ namespace: 'jitsi-us-1' });
  return items.filter(({ spec: service }) => service?.type === 'NodePort');
}

/** The addresses that a Service of the second shard sends to. */
async function behind(service: string): Promise<string[]> {
  const { items } = await cluster.admin.makeApiClient(DiscoveryV1Api).listNamespacedEndpointSlice({
    namespace: 'jitsi-us-1',
    labelSelector: `kubernetes.io/service-name=${service}`,
  });
  return items.flatMap(({ endpoints }) => (endpoints ?? []).flatMap(({ addresses }) => addresses));
}
