import type { Manifest } from '../cluster/manifest.ts';
import { neededSecrets } from '../cluster/needed-secrets.ts';
import type { PasswordSecret } from './password-secret.ts';

/** The Secrets of a fleet beside its shards' own, by name: each is the same wherever it is needed. */
const keysOf: Readonly<Record<string, readonly string[]>> = {
  redis: ['password'],
  turn: ['TURN_CREDENTIALS'],
};

/** The Secrets, of those that usher can make, that all shards share or that belong to none. */
export function fleetSecrets(objects: readonly Manifest[]): PasswordSecret[] {
  const found = new Map<string, PasswordSecret>();
  for (const { namespace, name, key } of neededSecrets(objects)) {
    const keys = keysOf[name];
    if (!keys?.includes(key)) continue;
    found.set(`${namespace}/${name}`, { name, namespace, keys, labels: labelsOf(namespace, objects) });
  }
  return [...found.values()];
}

/** Whether `usher secrets create` without a shard makes a Secret of this name. */
export function isFleetSecret(name: string): boolean {
  return name in keysOf;
}

/** As its namespace says whose it is. */
function labelsOf(name: string, objects: readonly Manifest[]): Record<string, string> {
  const namespace = objects.find(({ kind, metadata }) => kind === 'Namespace' && metadata.name === name);
  const labels = Object.entries(namespace?.metadata.labels ?? {});
  return Object.fromEntries(
    labels.filter(([label]) => ['app.kubernetes.io/part-of', 'usher.dev/shard'].includes(label)),
  );
}
