import {
  CoordinationV1Api,
  CoreV1Api,
  KubeConfig,
  RbacAuthorizationV1Api,
  V1MicroTime,
} from '@kubernetes/client-node';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { UsherError } from '../../common/errors.ts';
import { sleep, waitFor } from '../../common/time.ts';
import { type Lease, tokenOf } from '../../orchestrator/leader/lease.ts';
import { LeaseApi } from '../../orchestrator/leader/lease-api.ts';
import { LeaseLock } from '../../orchestrator/leader/lease-lock.ts';
import { RedisFence } from '../../orchestrator/leader/redis-fence.ts';
import { ClusterApi } from '../../shards/kubernetes/cluster-api.ts';
import { startRedis, type TestRedis } from '../real/redis.ts';
import { type ControlPlane, startControlPlane } from './control-plane.ts';

const one = { name: 'orchestrator-1', api: '10.0.0.1:8700' };
const two = { name: 'orchestrator-2', api: '10.0.0.2:8700' };
const namespace = 'usher';
const at = { name: 'usher-leader', namespace };
const lifetimeMs = 1_000;
let controlPlane: ControlPlane;
let redis: TestRedis;
let leases: CoordinationV1Api;

beforeAll(async () => {
  [controlPlane, redis] = await Promise.all([startControlPlane(), startRedis()]);
  leases = controlPlane.admin.makeApiClient(CoordinationV1Api);
  await controlPlane.admin
    .makeApiClient(CoreV1Api)
    .createNamespace({ body: { metadata: { name: namespace } } });
});
afterAll(() => Promise.all([controlPlane.stop(), redis.stop()]));
beforeEach(async () => {
  await leases.deleteNamespacedLease(at).catch(() => undefined);
  await (await redis.connect()).redis.flushall();
});

async function lockOf(self = one, config = controlPlane.admin): Promise<LeaseLock> {
  const fence = new RedisFence(await redis.connect(), 'test', self);
  return new LeaseLock({ api: new LeaseApi(new ClusterApi(config), namespace), fence, self, lifetimeMs });
}

async function won(lock: LeaseLock): Promise<string> {
  const attempt = await lock.acquire();
  if (!attempt.won) throw new Error('the Lease was not to be had');
  return attempt.token;
}

async function current(): Promise<Lease> {
  const found = await new LeaseApi(new ClusterApi(controlPlane.admin), namespace).read();
  if (found === undefined) throw new Error('there is no Lease');
  return found;
}

const wonInTime = (lock: LeaseLock) =>
  waitFor(async () => ((await lock.acquire()).won ? true : undefined), {
    timeoutMs: 5_000,
    describe: () => 'the Lease does not lapse',
  });

describe('LeaseLock', () => {
  it('has one holder, whom the others are told, and who renews it', async () => {
    const lock = await lockOf();
    const other = await lockOf(two);
    const token = await won(lock);
    for (let elapsedMs = 0; elapsedMs < 2 * lifetimeMs; elapsedMs += lifetimeMs / 4) {
      expect(await other.acquire()).toEqual({ won: false, leader: one });
      expect(await lock.renew(token)).toBe(true);
      await sleep(lifetimeMs / 4);
    }
    const found = await current();
    expect(found.spec).toMatchObject({ holderIdentity: 'orchestrator-1_10.0.0.1:8700', leaseTransitions: 0 });
    expect(tokenOf(found)).toBe(Number(token));
  });

  it('lapses when it is not renewed, and is then another’s for good', async () => {
    const lock = await lockOf();
    const token = await won(lock);
    const other = await lockOf(two);
    const before = performance.now();
    await wonInTime(other);
    expect(performance.now() - before).toBeGreaterThanOrEqual(lifetimeMs);
    expect(await lock.renew(token)).toBe(false);
    const found = await current();
    expect(found.spec.leaseTransitions).toBe(1);
    expect(tokenOf(found)).toBeGreaterThan(Number(token));
  });

  it('is won by one of many who try at once', async () => {
    const locks = await Promise.all(
      Array.from({ length: 8 }, (_, n) => lockOf({ ...one, name: `pod-${n}` })),
    );
    const attempts = await Promise.all(locks.map((lock) => lock.acquire()));
    expect(attempts.filter((attempt) => attempt.won)).toHaveLength(1);
  });

  it('is given back at once, by its holder alone, and goes to a higher token', async () => {
    const lock = await lockOf();
    const token = await won(lock);
    const other = await lockOf(two);
    await other.release(token);
    expect(await other.acquire()).toMatchObject({ won: false });
    await lock.release(token);
    expect(Number(await won(other))).toBeGreaterThan(Number(token));
  });

  it('stays its holder’s when somebody labels it or deletes it', async () => {
    const lock = await lockOf();
    const token = await won(lock);
    const found = await leases.readNamespacedLease(at);
    await leases.replaceNamespacedLease({
      ...at,
      body: { ...found, metadata: { ...found.metadata, labels: { team: 'av' } } },
    });
    expect(await lock.renew(token)).toBe(true);
    expect((await leases.readNamespacedLease(at)).metadata?.labels).toEqual({ team: 'av' });
    await leases.deleteNamespacedLease(at);
    expect(await lock.renew(token)).toBe(true);
    expect(await (await lockOf(two)).acquire()).toEqual({ won: false, leader: one });
  });

  it('is lost when it was deleted and another was there first, whose token Redis then demands to be higher', async () => {
    const lock = await lockOf();
    const token = await won(lock);
    await leases.deleteNamespacedLease(at);
    const other = await lockOf(two);
    const early = new V1MicroTime(Number(token) - 3_600_000);
    // Its clock is an hour behind.
    const spec = { holderIdentity: 'orchestrator-2_10.0.0.2:8700', acquireTime: early, leaseTransitions: 0 };
    await leases.createNamespacedLease({ namespace, body: { metadata: { name: at.name }, spec } });
    expect(await lock.renew(token)).toBe(false);
    expect(await other.renew(`${early.getTime()}`)).toBe(false);
    await wonInTime(other);
    expect(() => other.assertFenced()).not.toThrow();
  });

  it('is not usher’s while a stranger holds it, and says so', async () => {
    const spec = { holderIdentity: 'node-1_0f9a3c', leaseDurationSeconds: 1 };
    await leases.createNamespacedLease({ namespace, body: { metadata: { name: at.name }, spec } });
    const lock = await lockOf();
    await expect(lock.acquire()).rejects.toThrow(
      'the Lease usher/usher-leader is held by "node-1_0f9a3c", which is no orchestrator of usher',
    );
    await sleep(1_000);
    await won(lock);
  });

  it('is led by without Redis, whose writes wait until it knows of it', async () => {
    const self = one;
    const connection = { ...(await redis.connect()) };
    const { runId } = connection;
    connection.runId = () => undefined;
    const api = new LeaseApi(new ClusterApi(controlPlane.admin), namespace);
    const lock = new LeaseLock({ api, fence: new RedisFence(connection, 'test', self), self, lifetimeMs });
    const token = await won(lock);
    expect(await lock.renew(token)).toBe(true);
    expect(() => lock.assertFenced()).toThrow(/leads, but Redis does not know it yet: Redis is out of reach/);
    connection.runId = runId;
    expect(await lock.renew(token)).toBe(true);
    expect(() => lock.assertFenced()).not.toThrow();
  });

  it('needs get, update and create of its Lease, no more, and names the verb that is forbidden', async () => {
    const core = controlPlane.admin.makeApiClient(CoreV1Api);
    const rbac = controlPlane.admin.makeApiClient(RbacAuthorizationV1Api);
    const name = 'orchestrator';
    await core.createNamespacedServiceAccount({ namespace, body: { metadata: { name } } });
    const ruleOf = (verbs: string[], resourceNames?: string[]) => ({
      apiGroups: ['coordination.k8s.io'],
      resources: ['leases'],
      verbs,
      ...(resourceNames && { resourceNames }),
    });
    const role = (rules: object[]) => ({ metadata: { name }, rules: rules as ReturnType<typeof ruleOf>[] });
    await rbac.createNamespacedRole({ namespace, body: role([ruleOf(['create'])]) });
    await rbac.createNamespacedRoleBinding({
      namespace,
      body: {
        metadata: { name },
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
        subjects: [{ kind: 'ServiceAccount', name, namespace }],
      },
    });
    const config = new KubeConfig();
    config.loadFromString(await controlPlane.kubeconfigFor(namespace, name));
    const lock = await lockOf(one, config);
    const refused = lock.acquire();
    await expect(refused).rejects.toThrow(UsherError);
    await expect(refused).rejects.toThrow(
      /can't read the Lease usher\/usher-leader: .*cannot get resource "leases"/,
    );

    await rbac.replaceNamespacedRole({
      ...{ name, namespace },
      body: role([ruleOf(['create']), ruleOf(['get', 'update'], [at.name])]),
    });
    await waitFor(async () => (await lock.acquire().catch(() => undefined))?.won || undefined, {
      timeoutMs: 5_000,
      describe: () => 'its rights do not suffice',
    });
  });
});
