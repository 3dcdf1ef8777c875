import { sleep } from './time.ts';

/** Wakes whoever waits for it. */
export class Bell {
  #next = new AbortController();

  ring(): void {
    this.#next.abort();
    this.#next = new AbortController();
  }

  /** Waits until it rings, `timeoutMs` have passed or `signal` aborts. */
  async wait(timeoutMs: number, signal: AbortSignal): Promise<void> {
    await sleep(timeoutMs, AbortSignal.any([signal, this.#next.signal]));
  }
}
