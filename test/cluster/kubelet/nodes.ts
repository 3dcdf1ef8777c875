import { type CoreV1Api, type V1Node, V1NodeStatus } from '@kubernetes/client-node';

const zones = ['a', 'b', 'c'];

/** Makes nodes `node-1` .. `node-N` that are ready, in three zones of region `test`, with hostIPs 10.1.0.N. */
export async function createNodes(core: CoreV1Api, count: number): Promise<void> {
  await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const body = node(index + 1);
      await core.createNode({ body });
      // A node's status is a subresource of its own.
      await core.patchNodeStatus({ name: body.metadata?.name ?? '', body: statusPatch(index + 1) });
    }),
  );
}

/** The address of node N. */
export function hostIpOf(number: number): string {
  return `10.1.0.${number}`;
}

function node(number: number): V1Node {
  const name = `node-${number}`;
  return {
    metadata: {
      name,
      labels: {
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        'topology.kubernetes.io/region': 'test',
        'topology.kubernetes.io/zone': `test-${zones[(number - 1) % zones.length]}`,
      },
    },
    spec: { podCIDR: `10.244.${number}.0/24` },
  };
}

function statusPatch(number: number): object[] {
  const status = new V1NodeStatus();
  const address = hostIpOf(number);
  status.addresses = [
    { type: 'InternalIP', address },
    { type: 'ExternalIP', address },
    { type: 'Hostname', address: `node-${number}` },
  ];
  status.capacity = status.allocatable = { cpu: '16', memory: '64Gi', pods: '200' };
  status.conditions = [{ type: 'Ready', status: 'True', reason: 'KubeletReady', message: 'fake kubelet' }];
  return [{ op: 'replace', path: '/status', value: status }];
}
