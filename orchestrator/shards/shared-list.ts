import type { ShardDriver, ShardEndpoints } from '../../shards/driver.ts';

/** Longest wait for a driver's list, in milliseconds. */
const timeoutMs = 10_000;

/**
 * A driver's `list` for many who ask at once, as the keepers of 200 shards do: whoever asks within `maxAgeMs` of
 * another gets the same answer. One that failed is not kept.
 */
export function sharedList(
  driver: Pick<ShardDriver, 'list'>,
  maxAgeMs: number,
  now: () => number = Date.now,
): () => Promise<ShardEndpoints[]> {
  let last: { readonly at: number; readonly answer: Promise<ShardEndpoints[]> } | undefined;
  return () => {
    if (last && now() - last.at < maxAgeMs) return last.answer;
    // Not by the signal of who asks first: the others want their answer still.
    const asked = { at: now(), answer: driver.list(AbortSignal.timeout(timeoutMs)) };
    asked.answer.catch(() => {
      if (last === asked) last = undefined;
    });
    last = asked;
    return asked.answer;
  };
}
