/** Ctrl-C ends the run, and the fleet with it: aborts on the first signal, until it is disposed of. */
export function interruption(): { signal: AbortSignal; [Symbol.dispose](): void } {
  const controller = new AbortController();
  const names = ['SIGINT', 'SIGTERM'] as const;
  const onSignal = () => controller.abort(new Error('interrupted'));
  for (const name of names) process.once(name, onSignal);
  return {
    signal: controller.signal,
    [Symbol.dispose]() {
      for (const name of names) process.off(name, onSignal);
    },
  };
}
