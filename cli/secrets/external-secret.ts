import type { Manifest } from '../cluster/manifest.ts';
import { metadataOf, type PasswordSecret } from './password-secret.ts';

/** What makes External Secrets Operator keep a Secret; `key` holds one property for each password. */
export function externalSecret(secret: PasswordSecret, store: string, key: string): Manifest {
  return {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: metadataOf(secret),
    spec: {
      // Passwords that changed would only be read by pods that start anew, one part before the other.
      refreshInterval: '0',
      secretStoreRef: { kind: 'ClusterSecretStore', name: store },
      target: { name: secret.name },
      data: secret.keys.map((property) => ({ secretKey: property, remoteRef: { key, property } })),
    },
  };
}
