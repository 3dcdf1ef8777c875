import { deletionCostAnnotation, partLabel } from '../names.ts';
import { type Deployment, deployment, type Pod, pod } from '../objects.ts';

const birth = '2026-11-21T09:00:00Z';

/** A bridge's pod, ready unless said otherwise. */
export function bridgePod(
  name: string,
  over: { cost?: number; isReady?: boolean; annotations?: Record<string, string> } = {},
): Pod {
  const { cost, isReady = true } = over;
  const annotations = {
    ...(cost !== undefined && { [deletionCostAnnotation]: String(cost) }),
    ...over.annotations,
  };
  return pod.parse({
    metadata: {
      name,
      namespace: 'jitsi-eu-1',
      uid: `uid-${name}`,
      resourceVersion: '7',
      creationTimestamp: birth,
      labels: { 'app.kubernetes.io/name': 'jvb', 'usher.dev/shard': 'eu-1' },
      annotations,
    },
    status: {
      phase: 'Running',
      podIP: '10.244.0.7',
      conditions: [{ type: 'Ready', status: isReady ? 'True' : 'False' }],
    },
  });
}

/** A ready pod of another part, with one container of the part's name, which has run since 09:00. */
export function partPod(part: string): Pod {
  const { metadata, status } = bridgePod(`${part}-0`);
  const labels = { ...metadata.labels, [partLabel]: part };
  const containerStatuses = [{ name: part, state: { running: { startedAt: birth } } }];
  return { metadata: { ...metadata, labels }, status: { ...status, containerStatuses } };
}

/** The bridges' Deployment: `replicas` are asked for, `running` are there, all of them updated unless said otherwise. */
export function bridgesDeploymentOf(is: {
  replicas: number;
  running: number;
  updated?: number;
  isObserved?: boolean;
  annotations?: Record<string, string>;
}): Deployment {
  const { replicas, running, updated = running, isObserved = true, annotations } = is;
  return deployment.parse({
    metadata: {
      name: 'jvb',
      namespace: 'jitsi-eu-1',
      uid: 'uid-jvb',
      resourceVersion: '42',
      creationTimestamp: birth,
      generation: 3,
      annotations,
    },
    spec: { replicas, template: { spec: { containers: [] } } },
    status: { observedGeneration: isObserved ? 3 : 2, replicas: running, updatedReplicas: updated },
  });
}
