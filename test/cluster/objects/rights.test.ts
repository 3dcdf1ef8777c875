import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CoreV1Api, KubeConfig, type KubernetesObject } from '@kubernetes/client-node';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClusterPlatform } from '../../../cli/process/cluster-platform.ts';
import type { Platform } from '../../../cli/process/platform.ts';
import { messageOf } from '../../../common/errors.ts';
import { waitFor } from '../../../common/time.ts';
import { LeaseApi } from '../../../orchestrator/leader/lease-api.ts';
import { planPin } from '../../../orchestrator/pins/pins-file.ts';
import { ClusterApi } from '../../../shards/kubernetes/cluster-api.ts';
import { shardSpec } from '../../../shards/spec/schema.ts';
import { makeFleet } from '../../kustomize/testing-fleet.ts';
import { renderFolder } from '../../real/kustomize.ts';
import { type Cluster, startCluster } from '../cluster.ts';
import { serverOf } from '../server-of.ts';
import { type Audit, startAudit } from './audit.ts';
import { forbidden, isAllowed, methods, pathOfRight } from './forbidden.ts';
import { grantedRights, uses, wordsOfRight } from './granted-rights.ts';
import { makeOrchestratorAccount, orchestratorUser } from './orchestrator-account.ts';

const stop = new AbortController();
const { signal } = stop;
const spec = shardSpec.parse({ name: 'eu-1', region: 'eu', bridges: { min: 2, max: 8 } });

let audit: Audit;
let fleet: { fleet: string; root: string };
let cluster: Cluster;
let objects: KubernetesObject[];
let config: KubeConfig;
let platform: Platform;

beforeAll(async () => {
  audit = await startAudit();
  fleet = await makeFleet([
    { name: 'eu-1', components: ['media-hostport'] },
    { name: 'us-1', components: ['media-nodeport'] },
  ]);
  cluster = await startCluster({ nodes: 4, apiServerArgs: audit.args });
  const account = await makeOrchestratorAccount(cluster);
  objects = account.objects;
  config = new KubeConfig();
  config.loadFromString(account.kubeconfig);
  const file = join(fleet.root, 'kubeconfig');
  await writeFile(file, account.kubeconfig, { mode: 0o600 });
  const before = process.env.KUBECONFIG;
  process.env.KUBECONFIG = file;
  platform = createClusterPlatform({ pools: ['main'] }, pino({ level: 'silent' }), signal);
  if (before === undefined) delete process.env.KUBECONFIG;
  else process.env.KUBECONFIG = before;
});

afterAll(async () => {
  stop.abort();
  await cluster?.stop();
  await audit.end();
  await rm(fleet.root, { recursive: true, force: true });
});

/** What the orchestrator does in a cluster, all of it, as its pods do: by their ServiceAccount. */
describe('by the rights of the manifests, and no others, the orchestrator', () => {
  it('leads', async () => {
    const lease = new LeaseApi(new ClusterApi(config), 'usher');
    expect(await lease.read()).toBeUndefined();
    const now = new Date().toISOString().replace('Z', '000Z');
    const written = { holderIdentity: 'one', leaseDurationSeconds: 8, renewTime: now, leaseTransitions: 0 };
    const found = await lease.write(undefined, written);
    expect(await lease.write(found, { ...written, holderIdentity: 'two' })).toMatchObject({
      spec: { holderIdentity: 'two' },
    });
  });

  it.each(['eu-1', 'us-1'])(
    'brings %s to its bridges, gives them their ports, and ends one',
    async (name) => {
      const namespace = `jitsi-${name}`;
      await cluster.apply(await renderFolder(join(fleet.fleet, 'shards', name)));
      const stringData = { JICOFO_AUTH_PASSWORD: 'focus-secret', JVB_AUTH_PASSWORD: 'jvb-secret' };
      const body = { metadata: { name: 'shard-passwords' }, stringData };
      await cluster.admin.makeApiClient(CoreV1Api).createNamespacedSecret({ namespace, body });
      await bridges(name, 2);
      await platform.driver.addBridges(name, 3, signal);
      const [first = ''] = await bridges(name, 3);
      await done(() => platform.driver.removeBridges(name, [first], signal));
      expect(await bridges(name, 2)).not.toContain(first);
    },
  );

  it('says how shards are', async () => {
    const status = { state: 'ready', reason: 'all probes pass', rooms: 3, participants: 5 };
    await platform.status?.writeStatus('eu-1', status, signal);
    await platform.events?.warn('ShardVanished', 'shard eu-9: nothing is left of it', signal);
  });

  it('writes what operators want', async () => {
    const { wishes } = platform;
    await wishes.apply(await wishes.planWish('eu-1', { desired: 'draining', removing: true }));
    await wishes.apply(await wishes.planRemoval('eu-1'));
    await wishes.apply(await planPin(wishes, '/vip', 'us-1'));
    await wishes.apply(await planPin(wishes, '/vip', undefined));
    expect((await wishes.shards()).map(({ name }) => name)).toEqual(['us-1']);
  });

  it('was refused nothing, and needed each of them', async () => {
    const asked = await audit.of(orchestratorUser);
    expect(asked.filter(({ responseStatus }) => responseStatus?.code === 403)).toEqual([]);
    const rights = grantedRights(objects);
    const unused = rights.filter((right) => !asked.some((event) => uses(event, right)));
    expect(unused.map(wordsOfRight)).toEqual([]);
  });
});

describe('what the orchestrator may not', () => {
  it.each(forbidden)('$verb $resource $name in $namespace: $why', async (right) => {
    const server = serverOf(config, signal);
    expect(await isAllowed(server, right)).toBe(false);
    expect((await server.send(pathOfRight(right), { method: methods[right.verb], body: {} })).status).toBe(
      403,
    );
  });

  it('is asked in a way that could be answered otherwise', async () => {
    const right = { verb: 'patch', resource: 'pods', namespace: 'jitsi-eu-1', name: 'prosody-0' } as const;
    expect(await isAllowed(serverOf(config, signal), right)).toBe(true);
  });
});

/** The names of its bridges when so many are there, and the shard is ready. */
function bridges(name: string, count: number): Promise<string[]> {
  return done(async () => {
    const endpoints = await platform.driver.ensure({ ...spec, name }, signal);
    const names = endpoints.bridges.map((one) => one.name);
    if (names.length !== count) throw new Error(`bridges: ${names}`);
    return names;
  });
}

/** Tries again and again, as the orchestrator does. */
async function done<T>(step: () => Promise<T>): Promise<T> {
  let said = '';
  const attempt = async () => {
    try {
      return { result: await step() };
    } catch (error) {
      said = messageOf(error);
      return undefined;
    }
  };
  return (await waitFor(attempt, { timeoutMs: 40_000, everyMs: 200, describe: () => said })).result;
}
