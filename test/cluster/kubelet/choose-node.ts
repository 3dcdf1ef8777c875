import type { V1Node, V1Pod } from '@kubernetes/client-node';

/** The node for a pod, or why there is none. */
export type NodeChoice = { readonly node: string } | { readonly reason: string };

/**
 * The scheduler's part, as far as Usher's manifests lean on it: the emptiest node that is not cordoned, fits the pod's
 * nodeSelector and has its host ports free. Affinities, spread and resources are left out.
 */
export function chooseNode(pod: V1Pod, nodes: readonly V1Node[], pods: readonly V1Pod[]): NodeChoice {
  const refusals: string[] = [];
  const fitting = nodes.filter((node) => {
    const refusal = refusalOf(node, pod, podsOn(node, pods));
    if (refusal !== undefined) refusals.push(refusal);
    return refusal === undefined;
  });
  const [emptiest] = fitting.toSorted((a, b) => podsOn(a, pods).length - podsOn(b, pods).length);
  if (emptiest?.metadata?.name !== undefined) return { node: emptiest.metadata.name };
  const counted = Object.entries(Object.groupBy(refusals, (refusal) => refusal));
  const reasons = counted.map(([refusal, all]) => `${all?.length} ${refusal}`);
  return { reason: `0/${nodes.length} nodes are available: ${reasons.join(', ')}.` };
}

function refusalOf(node: V1Node, pod: V1Pod, beside: readonly V1Pod[]): string | undefined {
  if (node.spec?.unschedulable) return 'node(s) were unschedulable';
  const labels = node.metadata?.labels ?? {};
  const wanted = Object.entries(pod.spec?.nodeSelector ?? {});
  if (wanted.some(([key, value]) => labels[key] !== value)) {
    return "node(s) didn't match Pod's node affinity/selector";
  }
  const taken = new Set(beside.flatMap(hostPorts));
  if (hostPorts(pod).some((port) => taken.has(port))) {
    return "node(s) didn't have free ports for the requested pod ports";
  }
  return undefined;
}

function podsOn(node: V1Node, pods: readonly V1Pod[]): V1Pod[] {
  return pods.filter(({ spec }) => spec?.nodeName !== undefined && spec.nodeName === node.metadata?.name);
}

function hostPorts(pod: V1Pod): string[] {
  const ports = (pod.spec?.containers ?? []).flatMap(({ ports }) => ports ?? []);
  return ports.flatMap(({ hostPort, protocol = 'TCP' }) => (hostPort ? [`${protocol}/${hostPort}`] : []));
}
