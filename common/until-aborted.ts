/**
 * Waits for `wait`, but no longer than until `signal` aborts: for libraries whose waits know no signal.
 * @throws Error with `message` when the signal is first.
 */
export async function untilAborted<T>(wait: Promise<T>, signal: AbortSignal, message: string): Promise<T> {
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(new Error(message));
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([wait, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
