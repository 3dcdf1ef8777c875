import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppsV1Api, CoreV1Api, type KubernetesObject } from '@kubernetes/client-node';
import { waitFor } from '../../../common/time.ts';
import { ClusterApi } from '../../../shards/kubernetes/cluster-api.ts';
import { parseObjects } from '../../cluster/apply-objects.ts';
import { type ControlPlane, startControlPlane } from '../../cluster/control-plane.ts';
import { clusterTool } from '../../real/cluster-tools.ts';
import { renderFolder } from '../../real/kustomize.ts';
import { auditPolicy } from './audit-log.ts';
import { createObjects } from './create-objects.ts';
import { nodeObject, nodes, shardName, shardObjects } from './shard-objects.ts';
import { type ShardParts, startShardParts } from './shard-parts.ts';

const example = join(import.meta.dirname, '../../../kustomize/overlays/example');

/** A real control plane whose pods kwok keeps, and the shards in it. */
export interface World {
  readonly parts: ShardParts;
  readonly directory: string;
  /** With the rights that base/usher gives the orchestrator. */
  readonly kubeconfig: string;
  /** What the orchestrator asked of the API server. */
  readonly auditLog: string;
  /** Applies shards until there are so many, and waits until all of their pods are ready. */
  growTo(shards: number): Promise<void>;
  /** Deletes a pod of the bridges of a shard; another takes its place. */
  replaceBridge(shard: number): Promise<void>;
  stop(): Promise<void>;
}

/** Starts one without shards. */
export async function startWorld(bridges: number, signal: AbortSignal): Promise<World> {
  const directory = await mkdtemp(join(tmpdir(), 'usher-bench-'));
  const auditLog = join(directory, 'audit.log');
  const policy = join(directory, 'audit-policy.yaml');
  await writeFile(policy, auditPolicy('system:serviceaccount:usher:orchestrator'));
  const controlPlane = await startControlPlane(AbortSignal.timeout(60_000), [
    `--audit-policy-file=${policy}`,
    `--audit-log-path=${auditLog}`,
  ]);
  const api = new ClusterApi(controlPlane.admin);
  const kwok = await startKwok(controlPlane);
  await createObjects(
    api,
    Array.from({ length: nodes }, (_, index) => nodeObject(index)),
    signal,
  );
  await createObjects(api, await usherRights(), signal);
  const kubeconfig = join(directory, 'kubeconfig');
  await writeFile(kubeconfig, await controlPlane.kubeconfigFor('usher', 'orchestrator'));
  const template = await renderFolder(join(example, 'shards/eu-1'));
  const parts = startShardParts(bridges);
  let count = 0;
  return {
    parts,
    directory,
    kubeconfig,
    auditLog,
    async growTo(shards) {
      const added: KubernetesObject[] = [];
      for (; count < shards; count += 1) added.push(...shardObjects(template, count + 1, bridges));
      await createObjects(api, added, signal);
      await allReady(controlPlane, count * bridges, signal);
    },
    replaceBridge: (shard) => replaceBridge(controlPlane, shard),
    async stop() {
      parts.close();
      kwok.kill('SIGKILL');
      await controlPlane.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function startKwok({ directory }: ControlPlane) {
  const kubeconfig = join(directory, 'admin.kubeconfig');
  const args = [`--kubeconfig=${kubeconfig}`, '--manage-all-nodes=true', '--node-lease-duration-seconds=0'];
  const child = spawn(clusterTool('kwok'), args, { stdio: 'ignore' });
  await once(child, 'spawn');
  return child;
}

/** Namespace, account and rights of the orchestrator, without what runs there. */
async function usherRights(): Promise<KubernetesObject[]> {
  const kinds = ['Namespace', 'ServiceAccount', 'Role', 'RoleBinding', 'ClusterRole', 'ClusterRoleBinding'];
  const objects = parseObjects(await renderFolder(join(example, 'usher')));
  return objects.filter(({ kind = '' }) => kinds.includes(kind));
}

async function allReady({ admin }: ControlPlane, bridges: number, signal: AbortSignal): Promise<void> {
  const apps = admin.makeApiClient(AppsV1Api);
  let ready = 0;
  const isReady = async () => {
    const { items } = await apps.listDeploymentForAllNamespaces({ fieldSelector: 'metadata.name=jvb' });
    ready = items.reduce((sum, { status }) => sum + (status?.readyReplicas ?? 0), 0);
    return ready === bridges || undefined;
  };
  const describe = () => `${ready} of ${bridges} bridges are ready after 4 minutes`;
  await waitFor(isReady, { timeoutMs: 240_000, everyMs: 2_000, signal, describe });
}

async function replaceBridge({ admin }: ControlPlane, shard: number): Promise<void> {
  const core = admin.makeApiClient(CoreV1Api);
  const namespace = `jitsi-${shardName(shard)}`;
  const labelSelector = 'app.kubernetes.io/name=jvb';
  const { items } = await core.listNamespacedPod({ namespace, labelSelector });
  const name = items.find(({ metadata }) => !metadata?.deletionTimestamp)?.metadata?.name;
  if (name !== undefined) await core.deleteNamespacedPod({ name, namespace });
}
