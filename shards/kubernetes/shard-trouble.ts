import { podsOf, type ShardObjects } from './cluster-view.ts';
import { namespaceOf, type Part, parts } from './names.ts';
import { isReady, podTrouble } from './pod-state.ts';

/**
 * Which part of a shard can't serve, and why, as Kubernetes says it; undefined when each has a ready pod. One that has,
 * and others that are not ready, serves.
 */
export function shardTrouble(objects: ShardObjects): string | undefined {
  const { name } = objects;
  if (objects.namespace?.metadata.deletionTimestamp !== undefined) {
    return `shard ${name}: its namespace ${namespaceOf(name)} is being deleted`;
  }
  if (objects.configMap === undefined) {
    return `shard ${name}: no ConfigMap shard in namespace ${namespaceOf(name)}: apply its overlay`;
  }
  const missing = (['prosody', 'jicofo', 'web'] as const).find(
    (part) => !objects.services.some(({ metadata }) => metadata.name === part),
  );
  if (missing) return `shard ${name}: no Service ${missing}: apply its overlay`;
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
