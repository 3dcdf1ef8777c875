import { ApiException } from '@kubernetes/client-node';
import { z } from 'zod';
import type { ClusterApi } from './cluster-api.ts';
import type { Query } from './cluster-http.ts';

/**
 * After so long the API server ends a watch, which goes on from where it was: what shows that it lives. Its bookmarks do
 * not: where nothing changes it sends none (seen with 1.34).
 */
const timeoutSeconds = 60;

/** A watch that is silent for longer than that has been cut without a word. */
const usualSilenceMs = 75_000;

const line = z.object({ type: z.string(), object: z.unknown() });

/** One line of a watch. */
export interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK';
  readonly object: unknown;
}

/**
 * What changes from `resourceVersion` on, until the API server ends the watch, a minute later.
 *
 * @throws ApiException 410 when that version is too old; other errors when the connection is cut or silent
 */
export async function* readWatch(
  api: ClusterApi,
  path: string,
  query: Query,
  signal: AbortSignal,
  silenceMs = usualSilenceMs,
): AsyncGenerator<WatchEvent> {
  const ended = new AbortController();
  const silence = setTimeout(() => ended.abort(new Error(`silent for ${silenceMs} ms`)), silenceMs);
  const bounded = AbortSignal.any([signal, ended.signal]);
  try {
    const asked = { ...query, watch: true, allowWatchBookmarks: true, timeoutSeconds };
    const stream = await api.stream(path, asked, bounded);
    const decoder = new TextDecoder();
    const rest: string[] = [];
    for await (const chunk of stream) {
      silence.refresh();
      const [first = '', ...lines] = decoder.decode(chunk, { stream: true }).split('\n');
      rest.push(first);
      for (const next of lines) {
        yield eventOf(rest.splice(0).join(''));
        rest.push(next);
      }
    }
  } finally {
    clearTimeout(silence);
    ended.abort();
  }
}

const types = ['ADDED', 'MODIFIED', 'DELETED', 'BOOKMARK'] as const;

function eventOf(text: string): WatchEvent {
  const { type, object } = line.parse(JSON.parse(text));
  const known = types.find((one) => one === type);
  if (known) return { type: known, object };
  // ERROR, with a Status: 410 when the version that was asked for is gone.
  const code = z.object({ code: z.int() }).safeParse(object).data?.code ?? 0;
  throw new ApiException(code, 'watch', object, {});
}
