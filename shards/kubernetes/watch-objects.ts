import { z } from 'zod';
import type { Bell } from '../../common/bell.ts';
import { messageOf } from '../../common/errors.ts';
import type { Logger } from '../../common/log.ts';
import { backoffMs, sleep } from '../../common/time.ts';
import { refusalOf } from './client.ts';
import type { ClusterApi } from './cluster-api.ts';
import { ObjectStore } from './object-store.ts';
import { type ClusterObject, clusterObject } from './objects.ts';
import { readWatch } from './read-watch.ts';

/** After so many failures in a row the version itself is doubted: an etcd put back from a copy does not know it yet. */
const failuresToList = 5;

/** A watch that lasted for longer did not fail. */
const calmMs = 5_000;

/** Objects a page: 500 pods are some 5 MB. */
const pageSize = 500;

/** Which objects are followed. */
export interface WatchedKind<T extends ClusterObject> {
  /** As kubectl names it: `pods`. */
  readonly kind: string;
  /** Of the list, over all namespaces. */
  readonly path: string;
  readonly selectors: { readonly labelSelector?: string; readonly fieldSelector?: string };
  readonly schema: z.ZodType<T>;
}

const page = z.object({
  metadata: z.object({ resourceVersion: z.string(), continue: z.string().optional() }),
  items: z.array(z.unknown()),
});

const version = z.object({ metadata: z.object({ resourceVersion: z.string() }) });

/**
 * Keeps a copy of a kind's objects by one list and then a watch, until `signal` aborts; it never polls. A watch that
 * breaks goes on from where it was, or from a new list when the API server no longer knows that place; meanwhile the
 * copy stands as it was. Nothing ends it but the signal.
 *
 * @param changes rung at every change
 */
export function watchObjects<T extends ClusterObject>(
  api: ClusterApi,
  kind: WatchedKind<T>,
  changes: Bell,
  log: Logger,
  signal: AbortSignal,
): ObjectStore<T> {
  const store = new ObjectStore<T>();
  void follow(api, kind, store, changes, log.child({ kind: kind.kind }), signal);
  return store;
}

async function follow<T extends ClusterObject>(
  api: ClusterApi,
  kind: WatchedKind<T>,
  store: ObjectStore<T>,
  changes: Bell,
  log: Logger,
  signal: AbortSignal,
): Promise<void> {
  let from: string | undefined;
  let failures = 0;
  let openedAt = 0;
  while (!signal.aborted) {
    try {
      if (from === undefined) {
        const listed = await listAll(api, kind, log, signal);
        store.replace(listed.items);
        from = listed.version;
        changes.ring();
      }
      openedAt = Date.now();
      for await (const { type, object } of readWatch(
        api,
        kind.path,
        { ...kind.selectors, resourceVersion: from },
        signal,
      )) {
        from = version.parse(object).metadata.resourceVersion;
        failures = 0;
        store.error = '';
        if (type === 'BOOKMARK') continue;
        const known = read(kind, object, log);
        if (known && type === 'DELETED') store.delete(known);
        else if (known) store.set(known);
        changes.ring();
      }
      // It ended well; one that ends at once all the time is slowed down below.
      if (Date.now() - openedAt > calmMs) failures = 0;
    } catch (error) {
      if (signal.aborted) return;
      const refusal = refusalOf(error);
      const said = refusal?.message ?? messageOf(error);
      const expired = refusal?.code === 410;
      log[said === store.error ? 'debug' : 'warn']({ failures, expired, error: said }, 'watch broke');
      store.error = said;
      if (expired || failures % failuresToList === failuresToList - 1) from = undefined;
    }
    await sleep(backoffMs(failures, 200, 10_000), signal);
    failures += 1;
  }
}

/** Undefined, and loud, when it is not what was expected: one odd object must not hide the others. */
function read<T extends ClusterObject>(kind: WatchedKind<T>, object: unknown, log: Logger): T | undefined {
  const parsed = kind.schema.safeParse(object);
  if (parsed.success) return parsed.data;
  const { namespace, name } = clusterObject.safeParse(object).data?.metadata ?? {};
  log.error({ namespace, name, error: z.prettifyError(parsed.error) }, 'object cannot be read');
  return undefined;
}

async function listAll<T extends ClusterObject>(
  api: ClusterApi,
  kind: WatchedKind<T>,
  log: Logger,
  signal: AbortSignal,
): Promise<{ items: T[]; version: string }> {
  const items: T[] = [];
  for (let token: string | undefined; ; ) {
    const { metadata, items: some } = page.parse(
      await api.get(kind.path, { ...kind.selectors, limit: pageSize, continue: token }, signal),
    );
    // Page by page: whole pods are ten times as large as what is used of them.
    items.push(...some.flatMap((item) => read(kind, item, log) ?? []));
    token = metadata.continue || undefined;
    if (token === undefined) return { items, version: metadata.resourceVersion };
  }
}
