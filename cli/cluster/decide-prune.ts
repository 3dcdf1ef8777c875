import type { FoundObject } from './created-objects.ts';
import { fieldManager } from './field-manager.ts';

/** What stands in the cluster of one shard. */
export interface PruneView {
  readonly shard: string;
  readonly namespace: FoundObject | undefined;
  /** All that stands in it. */
  readonly objects: readonly FoundObject[];
}

/** An object that is to stay, and why. */
export interface ForeignObject {
  readonly object: FoundObject;
  readonly reason: string;
}

/** What a shard's removal deletes, and what it finds that is somebody else's. */
export interface PruneDecision {
  readonly doomed: readonly FoundObject[];
  /** Why the namespace stays, and with it all that is not doomed; undefined: it goes. */
  readonly namespaceStays: string | undefined;
  readonly foreign: readonly ForeignObject[];
}

/** What Kubernetes makes in every namespace by itself. */
const kubernetesOwn = new Set(['ConfigMap kube-root-ca.crt', 'ServiceAccount default']);
/** What is made for other objects, and goes with them. */
const derivedKinds = new Set(['Event', 'Endpoints', 'EndpointSlice']);
/** The label that the API server itself gives a namespace is owned by whoever created it. */
const nameLabel = 'f:kubernetes.io/metadata.name';

/** Decides what goes with a shard: what usher had made for it, and nothing else. */
export function decidePrune({ shard, namespace, objects }: PruneView): PruneDecision {
  if (!namespace) return { doomed: [], namespaceStays: 'it is not there', foreign: [] };
  const doomed: FoundObject[] = [];
  const foreign: ForeignObject[] = [];
  for (const object of objects) {
    if (isDerived(object, shard)) continue;
    const reason = whyForeign(object);
    if (reason === undefined) doomed.push(object);
    else foreign.push({ object, reason });
  }
  return { doomed, namespaceStays: whyForeign(namespace) ?? whyNotCreated(namespace), foreign };
}

/** Whether it goes by itself with what it was made for. */
function isDerived({ kind, metadata }: FoundObject, shard: string): boolean {
  if (metadata.ownerReferences.length > 0 || derivedKinds.has(kind)) return true;
  // A StatefulSet's volumes carry the labels of its pods.
  if (kind === 'PersistentVolumeClaim' && metadata.labels['usher.dev/shard'] === shard) return true;
  return kubernetesOwn.has(`${kind} ${metadata.name}`);
}

function whyForeign({ metadata }: FoundObject): string | undefined {
  const applier = metadata.managedFields.find(
    ({ operation, manager }) =>
      operation === 'Apply' && manager !== fieldManager && !manager.startsWith('usher-'),
  );
  if (applier) return `applied by ${applier.manager}`;
  if (metadata.managedFields.some(({ manager }) => manager === fieldManager)) return undefined;
  const manager = metadata.managedFields.find(({ subresource }) => subresource === '')?.manager;
  return `made by ${manager || 'somebody else'}`;
}

function whyNotCreated({ metadata }: FoundObject): string | undefined {
  const creator = metadata.managedFields.find(
    ({ manager, fieldsV1 }) => manager !== fieldManager && JSON.stringify(fieldsV1 ?? {}).includes(nameLabel),
  );
  return creator && `created by ${creator.manager}`;
}
