import { type KubeObject, workloadsOf } from '../kube-object.ts';

const dayS = 86_400;

/** Git does not say how many bridges there are, nor does a pod end before its meetings, up to a day. */
export function bridges(objects: readonly KubeObject[]): string[] {
  return workloadsOf(objects)
    .filter(({ metadata }) => metadata.name === 'jvb')
    .flatMap(({ metadata, spec }) => [
      ...(spec.replicas === undefined ? [] : [`${metadata.namespace}: git has a number of bridges`]),
      ...(spec.template.spec.terminationGracePeriodSeconds > dayS
        ? []
        : [`${metadata.namespace}: bridges end within a day`]),
    ]);
}

/** Shards that share nodes need a host port each. */
export function hostPorts(objects: readonly KubeObject[]): string[] {
  const taken = new Map<number, string>();
  return workloadsOf(objects).flatMap(({ metadata, spec }) =>
    spec.template.spec.containers
      .flatMap(({ ports }) => ports.flatMap(({ hostPort }) => hostPort ?? []))
      .flatMap((port) => {
        const other = taken.get(port);
        taken.set(port, metadata.namespace ?? '');
        return other === undefined ? [] : [`host port ${port}: ${other} and ${metadata.namespace}`];
      }),
  );
}
