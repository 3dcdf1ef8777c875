import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Score } from '../../../orchestrator/scaling/simulate/score.ts';
import type { Run } from './run.ts';

/** Threads that simulate, one for each core. */
export class Pool implements Disposable {
  readonly #idle: Worker[];
  readonly #all: readonly Worker[];
  readonly #waiting: ((worker: Worker) => void)[] = [];

  constructor() {
    const make = () => new Worker(new URL('worker.ts', import.meta.url));
    this.#all = Array.from({ length: availableParallelism() }, make);
    this.#idle = [...this.#all];
  }

  /** Resolves when it is done; rejects with what a thread throws. */
  async run(run: Run): Promise<Score> {
    const worker = this.#idle.pop() ?? (await new Promise<Worker>((resolve) => this.#waiting.push(resolve)));
    worker.postMessage(run);
    const [score] = await once(worker, 'message');
    const next = this.#waiting.shift();
    if (next) next(worker);
    else this.#idle.push(worker);
    return score;
  }

  [Symbol.dispose](): void {
    for (const worker of this.#all) void worker.terminate();
  }
}
