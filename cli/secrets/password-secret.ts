import { randomBytes } from 'node:crypto';
import { namespaceOf, passwordsSecret } from '../../shards/kubernetes/names.ts';
import type { Manifest } from '../cluster/manifest.ts';

/** A Secret of passwords that only programs need to know, so that usher can make them. */
export interface PasswordSecret {
  readonly name: string;
  readonly namespace: string;
  readonly keys: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
}

/** Passwords in clear, by their keys. */
export type Passwords = Readonly<Record<string, string>>;

/** The Secret of a shard that its Prosody, Jicofo and bridges log in with. */
export function shardSecret(shard: string): PasswordSecret {
  return {
    name: passwordsSecret,
    namespace: namespaceOf(shard),
    keys: ['JICOFO_AUTH_PASSWORD', 'JVB_AUTH_PASSWORD'],
    labels: { 'app.kubernetes.io/part-of': 'jitsi', 'usher.dev/shard': shard },
  };
}

/** 192 bits for each key, of letters that no shell or configuration file minds. */
export function freshPasswords({ keys }: Pick<PasswordSecret, 'keys'>): Passwords {
  return Object.fromEntries(keys.map((key) => [key, randomBytes(24).toString('base64url')]));
}

/** The Secret as Kubernetes takes it. */
export function withPasswords(secret: PasswordSecret, passwords: Passwords): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: metadataOf(secret),
    type: 'Opaque',
    stringData: passwords,
  };
}

/** What tells which Secret it is, and whose. */
export function metadataOf({ name, namespace, labels }: PasswordSecret): Manifest['metadata'] {
  return { name, namespace, labels: { ...labels } };
}
