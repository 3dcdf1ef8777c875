import { UsageError } from '../../common/errors.ts';
import type { Manifest } from '../cluster/manifest.ts';
import { externalSecret } from './external-secret.ts';
import { freshPasswords, type PasswordSecret, withPasswords } from './password-secret.ts';
import { sealSecret } from './seal-secret.ts';

/** As what to print Secrets, and where the passwords come from or what to seal them with. */
export interface ManifestFlags {
  readonly format: 'secret' | 'sealedsecret' | 'externalsecret';
  readonly cert?: string;
  readonly store?: string;
  readonly key?: string;
}

/** Manifests of Secrets, with fresh passwords: the same ones in all Secrets of a name. */
export async function makeManifests(
  secrets: readonly PasswordSecret[],
  { format, cert, store, key }: ManifestFlags,
  signal: AbortSignal,
): Promise<Manifest[]> {
  if (format === 'externalsecret') {
    if (store === undefined || key === undefined) {
      throw new UsageError(
        '--format externalsecret: --store NAME and --key PATH say where the passwords are',
      );
    }
    return secrets.map((secret) => externalSecret(secret, store, key));
  }
  const fresh = new Map(secrets.map((secret) => [secret.name, freshPasswords(secret)]));
  const made = secrets.map((secret) => withPasswords(secret, fresh.get(secret.name) ?? {}));
  if (format === 'secret') return made;
  return Promise.all(made.map((secret) => sealSecret(secret, cert, signal)));
}
