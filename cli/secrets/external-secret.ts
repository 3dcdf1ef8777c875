import type { Manifest } from '../cluster/manifest.ts';
import { passwordKeys, passwordsSecret, secretMetadata } from './passwords-secret.ts';

/** What makes External Secrets Operator keep the Secret of a shard; `key` holds one property for each password. */
export function externalSecret(shard: string, store: string, key: string): Manifest {
  return {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: secretMetadata(shard),
    spec: {
      // Passwords that changed would only be read by pods that start anew, one part before the other.
      refreshInterval: '0',
      secretStoreRef: { kind: 'ClusterSecretStore', name: store },
      target: { name: passwordsSecret },
      data: passwordKeys.map((property) => ({ secretKey: property, remoteRef: { key, property } })),
    },
  };
}
