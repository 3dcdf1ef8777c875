import { type KubeObject, workloadsOf } from '../kube-object.ts';

/** Every object is its shard's: in its namespace, or that namespace, and labelled; so are the pods. */
export function belonging(objects: readonly KubeObject[]): string[] {
  const labelled = [
    ...objects.map(({ kind, metadata }) => ({ what: `${kind} ${metadata.name}`, kind, metadata })),
    ...workloadsOf(objects).map(({ metadata, spec }) => ({
      what: `pods of ${metadata.name}`,
      kind: 'Pod',
      metadata: { ...spec.template.metadata, namespace: metadata.namespace },
    })),
  ];
  return labelled.flatMap(({ what, kind, metadata }) => {
    const namespace = kind === 'Namespace' ? metadata.name : metadata.namespace;
    const shard = metadata.labels['usher.dev/shard'];
    if (!shard || namespace !== `jitsi-${shard}`) return [`${what}: in ${namespace}, of shard ${shard}`];
    const part = metadata.labels['app.kubernetes.io/part-of'];
    // Components add to a shard after the base has labelled it.
    return kind === 'Pod' && part !== 'jitsi' ? [`${what}: not labelled as part of jitsi`] : [];
  });
}

/** A prune that skips the drain stops at what holds meetings. */
export function guardedAgainstPrune(objects: readonly KubeObject[]): string[] {
  return objects
    .filter(({ kind }) => ['Namespace', 'StatefulSet', 'Deployment', 'Service'].includes(kind))
    .filter(
      ({ metadata: { annotations } }) =>
        annotations['argocd.argoproj.io/sync-options'] !== 'Prune=confirm,Delete=confirm' ||
        annotations['kustomize.toolkit.fluxcd.io/prune'] !== 'disabled',
    )
    .map(({ kind, metadata }) => `${kind} ${metadata.name}: nothing guards it`);
}
