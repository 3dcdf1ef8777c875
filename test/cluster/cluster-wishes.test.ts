import { CoreV1Api, PatchStrategy, setHeaderOptions } from '@kubernetes/client-node';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createLogger } from '../../common/log.ts';
import { waitFor } from '../../common/time.ts';
import { planPin, readPins } from '../../orchestrator/pins/pins-file.ts';
import { ClusterApi } from '../../shards/kubernetes/cluster-api.ts';
import { ClusterView } from '../../shards/kubernetes/cluster-view.ts';
import { FleetEvents } from '../../shards/kubernetes/fleet-events.ts';
import { ClusterWishes } from '../../shards/kubernetes/wishes/cluster-wishes.ts';
import type { Wish } from '../../shards/spec/schema.ts';
import { type ControlPlane, startControlPlane } from './control-plane.ts';

const removal: Wish = { desired: 'draining', removing: true };
const labels = (shard: string) => ({ 'usher.dev/shard': shard });

describe('wishes in a cluster', () => {
  let controlPlane: ControlPlane;
  let core: CoreV1Api;
  let wishes: ClusterWishes;
  const ending = new AbortController();
  let number = 0;
  let shard: string;

  beforeAll(async () => {
    controlPlane = await startControlPlane();
    core = controlPlane.admin.makeApiClient(CoreV1Api);
    await core.createNamespace({ body: { metadata: { name: 'usher' } } });
    const api = new ClusterApi(controlPlane.admin);
    const log = createLogger('test', 'silent');
    const view = new ClusterView(api, log, ending.signal);
    wishes = new ClusterWishes({ api, view, namespace: 'usher', pools: ['main'], log }, ending.signal);
  });
  afterAll(async () => {
    ending.abort();
    await controlPlane?.stop();
  });

  // Each test has a shard of its own, as Argo CD would have applied it.
  beforeEach(async () => {
    number += 1;
    shard = `eu-${number}`;
    await core.createNamespace({ body: { metadata: { name: `jitsi-${shard}`, labels: labels(shard) } } });
    await git();
    await until(async () => ((await names()).includes(shard) ? true : undefined));
  });

  const until = (is: () => Promise<unknown>) =>
    waitFor(is, { timeoutMs: 10_000, everyMs: 20, describe: () => `${shard} did not change` });
  const names = async () => (await wishes.shards()).map(({ name }) => name);
  const specOf = async (name = shard) => (await wishes.shards()).find((spec) => spec.name === name);
  const say = async (wish: Wish) => wishes.apply(await wishes.planWish(shard, wish));

  /** Applies the shard's ConfigMap as Argo CD does, with what git says now. */
  async function git(annotations: Record<string, string> = {}, data: Record<string, string> = {}) {
    const name = { name: 'shard', namespace: `jitsi-${shard}` };
    await core.patchNamespacedConfigMap(
      {
        ...name,
        fieldManager: 'argocd-controller',
        force: true,
        body: {
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: { ...name, labels: labels(shard), annotations },
          data: { SHARD: shard, REGION: 'eu', BRIDGES: '2..8', JVB_PORT: '10000', WEIGHT: '50', ...data },
        },
      },
      setHeaderOptions('Content-Type', PatchStrategy.ServerSideApply),
    );
  }

  it('are read as an overlay’s would be, with its version', async () => {
    expect(await specOf()).toEqual({
      ...{ name: shard, region: 'eu', pool: 'main', bridges: { min: 2, max: 8 } },
      ...{ desired: 'active', weight: 50 },
    });
    await git({}, { IMAGE_TAG: 'stable-11146' });
    await until(async () => ((await specOf())?.imageTag === 'stable-11146' ? true : undefined));
  });

  it('are written beside what others applied, known at once, and kept when git is applied again', async () => {
    const deadline = Date.UTC(2030);
    await say({ desired: 'draining', deadline });
    expect(await specOf()).toMatchObject({ desired: 'draining', deadline });
    expect(await wishes.planWish(shard, { desired: 'draining', deadline })).toEqual([]);
    await wishes.apply(await wishes.planWeight(shard, 10));
    await git({ 'example.com/note': 'theirs' });
    await until(async () => {
      const { metadata } = await core.readNamespacedConfigMap({ name: 'shard', namespace: `jitsi-${shard}` });
      return metadata?.annotations?.['example.com/note'];
    });
    expect(await specOf()).toMatchObject({ desired: 'draining', deadline, weight: 10 });
    // Back to what git says anyhow: nothing of it is left.
    await wishes.apply(await wishes.planWeight(shard, 50));
    await say({ desired: 'active' });
    const { metadata } = await core.readNamespacedConfigMap({ name: 'shard', namespace: `jitsi-${shard}` });
    expect(metadata?.annotations).toEqual({ 'example.com/note': 'theirs' });
  });

  it('of git are followed, and not taken back by anybody else', async () => {
    await git({ 'usher.dev/desired': 'draining' });
    await until(async () => ((await specOf())?.desired === 'draining' ? true : undefined));
    await expect(say({ desired: 'active' })).rejects.toThrow(
      /^configmap jitsi-eu-\d+\/shard, annotations: argocd-controller set usher.dev\/desired to "draining"/,
    );
    await say(removal);
    expect(await specOf()).toMatchObject({ desired: 'draining', removing: true });
  });

  it('are not written over what somebody changed meanwhile, and nothing is', async () => {
    const plan = await wishes.planWish(shard, { desired: 'cordoned' });
    const pin = await planPin(wishes, `/half-${number}`, shard);
    await say({ desired: 'draining' });
    await expect(wishes.apply([...pin, ...plan])).rejects.toThrow(/changed by someone else meanwhile/);
    expect(await specOf()).toMatchObject({ desired: 'draining' });
    expect((await readPins(wishes)).has(`/half-${number}`)).toBe(false);
  });

  it('of a shard that cannot be read take no other with them: its last good one stands', async () => {
    await say({ desired: 'cordoned' });
    await git({}, { BRIDGES: 'many' });
    await until(async () => {
      await wishes.shards();
      return wishes.refused().get(shard);
    });
    expect(wishes.refused().get(shard)).toMatch(/BRIDGES: MIN..MAX is expected, as in 2..8; found "many"/);
    expect(await specOf()).toMatchObject({ desired: 'cordoned', bridges: { min: 2, max: 8 } });
    await git();
    await until(async () => ((await wishes.shards()) && wishes.refused().size === 0 ? true : undefined));
  });

  it('leave a removed shard out, whose objects are still there, until it is uncordoned', async () => {
    await say(removal);
    await wishes.apply(await wishes.planRemoval(shard));
    expect(await names()).not.toContain(shard);
    expect(await wishes.planRemoval(shard)).toEqual([]);
    expect(await wishes.planWish(shard, removal)).toEqual([]);
    await git({}, { REGION: 'us' });
    expect(await names()).not.toContain(shard);
    await expect(say({ desired: 'cordoned' })).rejects.toThrow(/was removed at/);
    await say({ desired: 'active' });
    expect(await specOf()).toMatchObject({ desired: 'active', region: 'us' });
    expect((await specOf())?.removing).toBe(undefined);
  });

  it('end with the shard’s namespace', async () => {
    await core.deleteNamespace({ name: `jitsi-${shard}` });
    await until(async () => ((await names()).includes(shard) ? undefined : true));
    await until(async () => (await wishes.planRemoval(shard)).length === 0 || undefined);
    await expect(wishes.planWish(shard, removal)).rejects.toThrow(
      `there is no shard ${shard} in the cluster`,
    );
  });

  it('whose shard has vanished: an Event in usher’s namespace says so', async () => {
    const events = new FleetEvents(new ClusterApi(controlPlane.admin), 'usher');
    await events.warn('ShardVanished', 'shard eu-9: nothing is left of it', ending.signal);
    const { items } = await core.listNamespacedEvent({ namespace: 'usher' });
    expect(items).toMatchObject([
      { type: 'Warning', reason: 'ShardVanished', source: { component: 'usher-orchestrator' } },
    ]);
  });

  it('beside the shards stand in one ConfigMap of usher’s namespace', async () => {
    await wishes.apply(await planPin(wishes, '/vip', shard));
    await wishes.apply(await planPin(wishes, 'acme/board', shard));
    expect((await readPins(wishes)).get('/vip')).toBe(shard);
    const { data } = await core.readNamespacedConfigMap({ name: 'wishes', namespace: 'usher' });
    expect(data?.['pins.yaml']).toContain(`/vip": ${shard}`);
    await wishes.apply(await planPin(wishes, '/vip', undefined));
    expect((await readPins(wishes)).has('/vip')).toBe(false);
    expect(await wishes.text('upgrade.yaml')).toEqual({
      path: 'configmap usher/wishes, upgrade.yaml',
      text: undefined,
    });
    await expect(wishes.planCopy(shard)).rejects.toThrow('nobody in the cluster writes overlays');
  });
});
