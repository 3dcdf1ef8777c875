import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CoreV1Api } from '@kubernetes/client-node';
import { openApi } from '../../../../cli/api/open-api.ts';
import type { UsherApi } from '../../../../cli/api/usher-api.ts';
import { type Outcome, type RunningUsher, startUsher, usher } from '../../../../cli/testing/usher.ts';
import { waitFor } from '../../../../common/time.ts';
import { renderFolder } from '../../../real/kustomize.ts';
import { type Cluster, startCluster } from '../../cluster.ts';
import { addresses, clientPort, makeFleetFolder } from './fleet-folder.ts';
import { killLeader } from './kill-leader.ts';
import { orchestratorRunner } from './orchestrator-runner.ts';
import { startProxies } from './proxies.ts';

/** A whole fleet in a cluster: two orchestrators with the rights of their ServiceAccount, two proxies, shards. */
export interface FlowFleet {
  readonly cluster: Cluster;
  readonly folder: string;
  /** Base URLs of the proxies. */
  readonly proxies: readonly string[];
  /** By the way of the CLI: through the API server, to whichever orchestrator leads. */
  readonly api: UsherApi;
  /** Runs a command line for this fleet, in this process, as the cluster's admin. */
  usher(...words: string[]): Promise<Outcome>;
  /** The same as a program of its own. */
  start(...words: string[]): RunningUsher;
  /** Kills the orchestrator that leads; resolves when another leadership has begun. */
  killLeader(): Promise<void>;
  stop(): Promise<void>;
}

/** As many bridges of a shard fit, each on a node of its own. */
const nodes = 6;

/** How long a command line may take. */
const commandMs = 120_000;

/**
 * Starts one by the commands that an operator gives, and waits until it seats rooms; 15 s.
 *
 * @param shards their bounds of bridges by name; `eu-1` must be among them
 */
export async function startFlowFleet(shards: Readonly<Record<string, string>>): Promise<FlowFleet> {
  const root = await mkdtemp(join(tmpdir(), 'usher-flow-'));
  const stops: (() => Promise<void>)[] = [() => rm(root, { recursive: true, force: true })];
  const stop = async () => {
    for (const one of stops.splice(0).reverse()) await one();
  };
  const kubeconfig = join(root, 'kubeconfig');
  const ownKubeconfig = join(root, 'orchestrator.kubeconfig');
  try {
    const folder = await makeFleetFolder(root, shards);
    const cluster = await startCluster({ nodes, runners: { usher: orchestratorRunner(ownKubeconfig) } });
    stops.push(() => cluster.stop());
    await writeFile(kubeconfig, cluster.adminKubeconfig, { mode: 0o600 });
    stops.push(useKubeconfig(kubeconfig));
    const proxies = await startProxies(folder, root);
    stops.push(() => proxies.stop());

    const run = (...words: string[]) => usher([...words, '--fleet', folder]);
    await makeSecrets(cluster, Object.keys(shards), run);
    await cluster.apply(await renderFolder(folder));
    await writeFile(ownKubeconfig, await cluster.kubeconfigFor('usher', 'orchestrator'), { mode: 0o600 });
    await proxies.serve();
    const signal = new AbortController().signal;
    const choice = { context: undefined, namespace: 'usher' };
    const api = await openApi({ folder, signal, apiUrl: undefined, cluster: choice });
    await seatsRooms(api, Object.keys(shards));
    return {
      ...{ cluster, folder, api, stop },
      proxies: addresses.proxies.map((host) => `http://${host}:${clientPort}`),
      usher: run,
      start: (...words) => startUsher([...words, '--fleet', folder], {}, commandMs),
      killLeader: () => killLeader(cluster.admin),
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** For this process, and what it starts. Returns what undoes it. */
function useKubeconfig(file: string): () => Promise<void> {
  const before = process.env.KUBECONFIG;
  process.env.KUBECONFIG = file;
  return async () => {
    if (before === undefined) delete process.env.KUBECONFIG;
    else process.env.KUBECONFIG = before;
  };
}

async function makeSecrets(
  { admin }: Cluster,
  shards: readonly string[],
  run: (...words: string[]) => Promise<Outcome>,
): Promise<void> {
  const core = admin.makeApiClient(CoreV1Api);
  await core.createNamespace({ body: { metadata: { name: 'usher' } } });
  const body = { metadata: { name: 'redis' }, stringData: { password: 'unused' } };
  await core.createNamespacedSecret({ namespace: 'usher', body });
  for (const shard of shards) await run('secrets', 'create', shard);
}

async function seatsRooms(api: UsherApi, names: readonly string[]): Promise<void> {
  let missing = 'no look yet';
  const isUp = async () => {
    try {
      const { shards, proxies, operations } = await api.status();
      const isSeating = shards.filter(({ admitted, buckets }) => admitted && buckets > 0);
      const inStep = proxies.filter((proxy) => proxy.inStep);
      missing = JSON.stringify({ shards, proxies, operations });
      return (
        (isSeating.length === names.length && inStep.length === 2 && operations.length === 0) || undefined
      );
    } catch (error) {
      missing = `${error}`;
      return undefined;
    }
  };
  await waitFor(isUp, {
    timeoutMs: 60_000,
    everyMs: 200,
    describe: () => `the fleet does not seat rooms: ${missing}`,
  });
}
