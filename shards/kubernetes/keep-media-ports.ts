import { patchPod } from './bridges.ts';
import { clusterError, refusalOf } from './client.ts';
import type { ClusterApi } from './cluster-api.ts';
import { podsOf, type ShardObjects } from './cluster-view.ts';
import { decideMediaPorts } from './decide-media-ports.ts';
import { bridgeLabel, mediaPortAnnotation, partLabel, shardLabel } from './names.ts';
import type { Pod } from './objects.ts';

/** Makes the next step towards a NodePort for each bridge that asks for one. @throws UsherError */
export async function keepMediaPorts(
  api: ClusterApi,
  objects: ShardObjects,
  signal: AbortSignal,
): Promise<void> {
  for (const step of decideMediaPorts(podsOf(objects, 'jvb'), objects.services)) {
    const { namespace = '', name } = step.pod.metadata;
    switch (step.kind) {
      case 'service':
        await createService(api, objects.name, step.pod, signal);
        break;
      case 'port': {
        const annotations = { [mediaPortAnnotation]: String(step.port) };
        await patchPod(api, namespace, name, { labels: { [bridgeLabel]: name }, annotations }, signal);
        break;
      }
      default:
        step satisfies never;
    }
  }
}

async function createService(
  api: ClusterApi,
  shard: string,
  { metadata: { namespace = '', name, uid } }: Pod,
  signal: AbortSignal,
): Promise<void> {
  const service = {
    metadata: {
      name,
      labels: { [shardLabel]: shard, [partLabel]: 'jvb', [bridgeLabel]: name },
      // It goes with its pod.
      ownerReferences: [{ apiVersion: 'v1', kind: 'Pod', name, uid }],
    },
    spec: {
      type: 'NodePort',
      // Straight to the pod from its own node, whose address the bridge advertises.
      externalTrafficPolicy: 'Local',
      // A bridge that ends, or that is unwell for a moment, still carries its meetings.
      publishNotReadyAddresses: true,
      selector: { [bridgeLabel]: name },
      ports: [{ name: 'media', protocol: 'UDP', port: 10_000, targetPort: 'media' }],
    },
  };
  await api.create(`/api/v1/namespaces/${namespace}/services`, service, signal).catch((error: unknown) => {
    // Ours, made a moment ago, which the watch has not told yet.
    if (refusalOf(error)?.code === 409) return;
    throw clusterError(`make the NodePort Service ${namespace}/${name}`, error);
  });
}
