import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { UsherError } from '../../common/errors.ts';
import type { ApiServer } from '../cluster/api-server.ts';
import { inParallel } from '../cluster/in-parallel.ts';
import type { PasswordSecret, Passwords } from './password-secret.ts';

const found = z.object({ data: z.record(z.string(), z.base64()).default({}) });

/** What of some Secrets a cluster has. */
export interface KnownSecrets {
  /** By the Secrets' names. */
  readonly known: Map<string, Passwords>;
  readonly missing: readonly PasswordSecret[];
}

/**
 * Looks which Secrets are in the cluster.
 *
 * @throws UsherError when one lacks a password, or two of a name differ
 */
export async function readKnown(
  server: ApiServer,
  secrets: readonly PasswordSecret[],
): Promise<KnownSecrets> {
  const known = new Map<string, Passwords>();
  const missing: PasswordSecret[] = [];
  const read = await inParallel(secrets, async (secret) => {
    const path = `/api/v1/namespaces/${secret.namespace}/secrets/${secret.name}`;
    return { secret, there: await server.find(path, found) };
  });
  for (const { secret, there } of read) {
    const where = `Secret ${secret.namespace}/${secret.name}`;
    if (there === undefined) {
      missing.push(secret);
      continue;
    }
    const passwords = passwordsIn(there.data, secret.keys, where);
    if (!isDeepStrictEqual(known.get(secret.name) ?? passwords, passwords)) {
      throw new UsherError(
        `${where} differs from that of another namespace; delete what is wrong, and try again`,
      );
    }
    known.set(secret.name, passwords);
  }
  return { known, missing };
}

function passwordsIn(data: Passwords, keys: readonly string[], where: string): Passwords {
  const lacks = keys.filter((key) => !(key in data));
  if (lacks.length > 0) {
    throw new UsherError(
      `${where} is there but lacks ${lacks.join(' and ')}; add it, or delete the Secret and try again`,
    );
  }
  return Object.fromEntries(keys.map((key) => [key, Buffer.from(data[key] ?? '', 'base64').toString()]));
}
