import type { Cluster } from '../../cluster.ts';

/** Names of the pods of a shard that are ready and not ending, of one part where it is given. */
export function readyPods(cluster: Cluster, shard: string, app?: string): string[] {
  const ready = cluster.pods(`jitsi-${shard}`, app).filter(({ metadata, status }) => {
    const isReady = status?.conditions?.some((one) => one.type === 'Ready' && one.status === 'True');
    return isReady && metadata?.deletionTimestamp === undefined;
  });
  return ready.map(({ metadata }) => metadata?.name ?? '').sort();
}

/** The parts of a shard of which a pod is ready, each once. */
export function readyParts(cluster: Cluster, shard: string): string[] {
  const parts = ['jicofo', 'jvb', 'prosody', 'web'];
  return parts.filter((part) => readyPods(cluster, shard, part).length > 0);
}
