import { join } from 'node:path';
import { CoreV1Api } from '@kubernetes/client-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask } from '../../shards/probes/ask.ts';
import { renderFolder } from '../real/kustomize.ts';
import { parseObjects } from './apply-objects.ts';
import { type Cluster, startCluster } from './cluster.ts';

const example = join(import.meta.dirname, '..', '..', 'kustomize', 'overlays', 'example');
const namespace = 'jitsi-eu-1';
const signal = new AbortController().signal;

let cluster: Cluster;

beforeAll(async () => {
  cluster = await startCluster({ nodes: 3 });
});

afterAll(() => cluster?.stop());

describe('a shard of the example fleet', () => {
  it('is accepted by the API server, and ready by its own probes once it has passwords', async () => {
    const objects = parseObjects(await renderFolder(join(example, 'shards', 'eu-1')));
    await cluster.apply(objects);
    await cluster.admin.makeApiClient(CoreV1Api).createNamespacedSecret({
      namespace,
      body: {
        metadata: { name: 'shard-passwords' },
        stringData: { JICOFO_AUTH_PASSWORD: 'focus-secret', JVB_AUTH_PASSWORD: 'jvb-secret' },
      },
    });
    // Jicofo is ready when it has a bridge, and a bridge when it is in the brewery.
    await expect
      .poll(readyApps, { timeout: 40_000, interval: 200 })
      .toEqual(['jicofo', 'jvb', 'prosody', 'web', 'web']);
  });

  it('serves what usher asks a shard for, through its Services', async () => {
    const web = await ask(`http://${cluster.resolve('web', namespace)}:8000/config.js`, signal);
    expect(web).toMatchObject({ status: 200, headers: { 'x-jitsi-shard': 'eu-1' } });
    const jicofo = await ask(`http://${cluster.resolve('jicofo', namespace)}:8888/stats`, signal);
    expect(JSON.parse(jicofo.ok ? jicofo.body : '{}')).toMatchObject({
      bridge_selector: { bridge_count: 1, operational_bridge_count: 1 },
    });
    const census = await ask(`http://${cluster.resolve('prosody', namespace)}:5280/room-census`, signal, {
      headers: { host: 'meet.jitsi' },
    });
    expect(census).toMatchObject({ status: 200, body: '{"room_census":[]}' });
  });
});

function readyApps(): string[] {
  const ready = cluster
    .pods(namespace)
    .filter(({ status }) => status?.conditions?.some((one) => one.type === 'Ready' && one.status === 'True'));
  return ready.map(({ metadata }) => metadata?.labels?.['app.kubernetes.io/name'] ?? '').sort();
}
