import { z } from 'zod';
import { UsageError, UsherError } from '../../common/errors.ts';
import { sleep } from '../../common/time.ts';
import { namespaceOf } from '../../shards/kubernetes/names.ts';
import type { ApiServer } from './api-server.ts';
import { type FoundObject, findNamespace, objectsIn } from './created-objects.ts';
import { decidePrune, type PruneDecision } from './decide-prune.ts';
import { wordsFor } from './manifest.ts';
import { RefusedError } from './refused-error.ts';

const anything = z.unknown();
/** A bridge may take its whole grace period, a day, to end; a removed shard has none that carries anybody. */
const everyMs = 1_000;

/** What of the shard `shard` stands in the cluster, and what of it would go. */
export async function planPrune(server: ApiServer, shard: string): Promise<PruneDecision> {
  const name = namespaceOf(shard);
  const namespace = await findNamespace(server, name);
  return decidePrune({ shard, namespace, objects: namespace ? await objectsIn(server, name) : [] });
}

/** What a plan would delete, in words. */
export function describePrune(decision: PruneDecision, shard: string): string[] {
  const objects = decision.doomed.map((one) => `delete ${wordsOf(one)}`);
  return decision.namespaceStays === undefined
    ? [...objects, `delete Namespace ${namespaceOf(shard)}`]
    : objects;
}

/** A UsageError that names what of others would go with the shard's namespace, if there is anything. */
export function refuseForeign({ foreign, namespaceStays }: PruneDecision): void {
  if (foreign.length === 0 || namespaceStays !== undefined) return;
  const lines = foreign.map(({ object, reason }) => `${wordsOf(object)}: ${reason}`);
  throw new UsageError(
    `not all in the shard's namespace is usher's; move it, or let it go too by --delete-foreign:\n  ${lines.join('\n  ')}`,
  );
}

/**
 * Deletes what the plan says, and waits until it is gone; `say` is told how far it is.
 *
 * @throws UsherError when it is not gone after `timeoutSeconds`; asking again goes on
 */
export async function prune(
  server: ApiServer,
  { doomed, namespaceStays }: PruneDecision,
  shard: string,
  options: {
    readonly timeoutSeconds: number;
    readonly signal: AbortSignal;
    readonly say: (line: string) => void;
  },
): Promise<void> {
  const namespace = `/api/v1/namespaces/${namespaceOf(shard)}`;
  const withNamespace = namespaceStays === undefined;
  const paths = withNamespace ? [namespace] : doomed.map(({ path }) => path);
  for (const path of paths) await remove(server, path);
  const end = Date.now() + options.timeoutSeconds * 1_000;
  for (;;) {
    const left = await stillThere(server, paths);
    if (left === 0) return;
    options.say(`${namespaceOf(shard)}: ${withNamespace ? 'its namespace ends' : `${left} objects left`}`);
    if (Date.now() >= end)
      throw new UsherError(
        `${namespaceOf(shard)} is not gone after ${options.timeoutSeconds} s; ask again to go on`,
      );
    await sleep(everyMs, options.signal);
    options.signal.throwIfAborted();
  }
}

async function remove(server: ApiServer, path: string): Promise<void> {
  try {
    await server.ask(path, anything, { method: 'DELETE', query: { propagationPolicy: 'Background' } });
  } catch (error) {
    // 404: gone meanwhile; 409: it ends already.
    if (!(error instanceof RefusedError) || ![404, 409].includes(error.code)) throw error;
  }
}

async function stillThere(server: ApiServer, paths: readonly string[]): Promise<number> {
  let left = 0;
  for (const path of paths) if (await server.find(path, anything)) left += 1;
  return left;
}

function wordsOf({ kind, metadata }: FoundObject): string {
  return wordsFor({ kind, metadata });
}
