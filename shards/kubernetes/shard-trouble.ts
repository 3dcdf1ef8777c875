import { podsOf, type ShardObjects } from './cluster-view.ts';
import { namespaceOf, type Part, parts } from './names.ts';
import { isReady, podTrouble } from './pod-state.ts';

/** What of a shard has not been applied, or is being deleted; undefined when all is there. */
export function missingObject({ name, namespace, configMap, services }: ShardObjects): string | undefined {
  const where = namespaceOf(name);
  if (namespace?.metadata.deletionTimestamp !== undefined) {
    return `shard ${name}: its namespace ${where} is being deleted`;
  }
  if (!configMap) return `shard ${name}: no ConfigMap shard in namespace ${where}: apply its overlay`;
  const missing = (['prosody', 'jicofo', 'web'] as const).find(
    (part) => !services.some(({ metadata }) => metadata.name === part),
  );
  return missing && `shard ${name}: no Service ${missing}: apply its overlay`;
}

/**
 * Which part of a shard can't serve, and why, as Kubernetes says it; undefined when each has a ready pod. One that has,
 * and others that are not ready, serves.
 */
export function unreadyPart(objects: ShardObjects): string | undefined {
  return parts.map((part) => partTrouble(objects, part)).find((trouble) => trouble !== undefined);
}

function partTrouble(objects: ShardObjects, part: Part): string | undefined {
  const pods = podsOf(objects, part);
  if (pods.some(isReady)) return undefined;
  const [first] = pods;
  if (first) return `shard ${objects.name}: pod ${first.metadata.name}: ${podTrouble(first)}`;
  const where = namespaceOf(objects.name);
  return `shard ${objects.name}: no pod of ${part}: \`kubectl -n ${where} get events\` says why`;
}
