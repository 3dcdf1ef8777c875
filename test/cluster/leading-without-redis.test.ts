import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CoreV1Api } from '@kubernetes/client-node';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createLogger } from '../../common/log.ts';
import { waitFor } from '../../common/time.ts';
import { parseFleet } from '../../orchestrator/fleet/read-fleet.ts';
import { runOrchestrator } from '../../orchestrator/orchestrator.ts';
import type { ShardDriver } from '../../shards/driver.ts';
import { folderWishes } from '../../shards/overlay/folder-wishes.ts';
import { shardSpec } from '../../shards/spec/schema.ts';
import { freePort } from '../real/free-port.ts';
import { type ControlPlane, startControlPlane } from './control-plane.ts';

let controlPlane: ControlPlane;
let directory: string;

beforeAll(async () => {
  controlPlane = await startControlPlane();
  directory = await mkdtemp(join(tmpdir(), 'usher-lease-'));
  const kubeconfig = join(directory, 'kubeconfig');
  await writeFile(kubeconfig, controlPlane.adminKubeconfig);
  vi.stubEnv('KUBECONFIG', kubeconfig);
  await controlPlane.admin
    .makeApiClient(CoreV1Api)
    .createNamespace({ body: { metadata: { name: 'usher' } } });
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await controlPlane.stop();
  await rm(directory, { recursive: true });
});

/** Remembers for which shards it was asked; none of them ever starts. */
function recordingDriver(ensured: Set<string>): ShardDriver {
  return {
    list: async () => [],
    async ensure({ name }) {
      ensured.add(name);
      throw new Error('no image');
    },
    addBridges: async () => undefined,
    removeBridges: async () => undefined,
    rankBridges: async () => undefined,
    remove: async () => undefined,
  };
}

describe('an orchestrator of a Kubernetes fleet, without Redis', () => {
  it('is as healthy as ever, leads and keeps the shards; one that stands by is as healthy', async () => {
    const ensured = new Set<string>();
    const ending = new AbortController();
    const [port, otherPort] = [await freePort(), await freePort()];
    const done = [port, otherPort].map((own) => start(own, ensured, ending.signal));
    try {
      const both = async () => {
        const answers = [await health(port), await health(otherPort)];
        return answers.some((answer) => answer?.leads) && answers.some((answer) => answer?.leader)
          ? answers
          : undefined;
      };
      const answers = await waitFor(both, { timeoutMs: 15_000, describe: () => 'nobody leads' });
      expect(answers.map((answer) => answer?.ok)).toEqual([true, true]);
      expect(answers.filter((answer) => answer?.leads)).toHaveLength(1);
      const isKept = () => (ensured.has('eu-1') ? true : undefined);
      await waitFor(isKept, { timeoutMs: 10_000, describe: () => 'the shard is not kept' });
    } finally {
      ending.abort();
      await Promise.all(done);
    }
  });
});

async function start(port: number, ensured: Set<string>, signal: AbortSignal): Promise<void> {
  const api = { host: '127.0.0.1', port };
  const fleet = parseFleet(
    'fleet.yaml',
    `name: test
driver: kubernetes
redis: { sentinels: [{ host: redis-0.redis.invalid, port: 26379 }] }
orchestrator: { api: '0.0.0.0:8700' }
proxies: [{ name: proxy-0, bind: '*:1', stats: '*:2', agent: { spoe: 'proxy-0.invalid:3', http: 'proxy-0.invalid:4' } }]
`,
  );
  const spec = shardSpec.parse({ name: 'eu-1', region: 'eu', bridges: { min: 1, max: 2 } });
  const wishes = folderWishes(directory, async () => [spec]);
  const log = createLogger('test', 'silent');
  await runOrchestrator(
    { fleet, name: `pod-${port}`, api, wishes, driver: recordingDriver(ensured), log },
    signal,
  );
}

async function health(port: number) {
  const response = await fetch(`http://127.0.0.1:${port}/health`).catch(() => undefined);
  return (await response?.json()) as { ok: boolean; leads: boolean; leader: string | null } | undefined;
}
