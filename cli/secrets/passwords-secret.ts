import { randomBytes } from 'node:crypto';
import type { Manifest } from '../cluster/manifest.ts';

/** The Secret of a shard that its Prosody, Jicofo and bridges log in with. */
export const passwordsSecret = 'shard-passwords';

/** Its keys. */
export const passwordKeys = ['JICOFO_AUTH_PASSWORD', 'JVB_AUTH_PASSWORD'] as const;

/** 192 bits, of letters that no shell or configuration file minds. */
function freshPassword(): string {
  return randomBytes(24).toString('base64url');
}

/** A Secret with fresh passwords for the shard `shard`. */
export function freshSecret(shard: string): Manifest {
  const passwords = Object.fromEntries(passwordKeys.map((key) => [key, freshPassword()]));
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: secretMetadata(shard),
    type: 'Opaque',
    stringData: passwords,
  };
}

/** What tells whose Secret it is. */
export function secretMetadata(shard: string): Manifest['metadata'] {
  const labels = { 'app.kubernetes.io/part-of': 'jitsi', 'usher.dev/shard': shard };
  return { name: passwordsSecret, namespace: `jitsi-${shard}`, labels };
}
