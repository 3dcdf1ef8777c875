import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Ran, Run } from './run.ts';

export interface PoolOptions {
  /** Threads at a time; one for each core unless given. */
  readonly threads?: number;
  /** What they run: worker.ts unless given. */
  readonly script?: URL;
}

/** A run, and who waits for it. */
interface Job {
  readonly run: Run;
  readonly onDay: ((days: number) => void) | undefined;
  resolve(ran: Ran): void;
  reject(error: unknown): void;
}

type Message = { readonly days: number } | { readonly ran: Ran };

/** Threads that simulate. One that fails takes its own run with it, and another takes its place. */
export class SimulationPool implements Disposable {
  readonly #script: URL;
  readonly #threads: number;
  /** The threads, each with what it does. */
  readonly #jobs = new Map<Worker, Job | undefined>();
  #waiting: Job[] = [];

  constructor(options: PoolOptions = {}) {
    this.#script = options.script ?? new URL('worker.ts', import.meta.url);
    this.#threads = options.threads ?? availableParallelism();
  }

  /**
   * Resolves when it is done; rejects with what its thread threw, when its thread ended, and when the pool is disposed of.
   *
   * @param onDay is told how many days of it have passed
   */
  run(run: Run, onDay?: (days: number) => void): Promise<Ran> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ run, onDay, resolve, reject });
      this.#next();
    });
  }

  [Symbol.dispose](): void {
    const jobs = [...this.#jobs.values(), ...this.#waiting];
    const workers = [...this.#jobs.keys()];
    this.#jobs.clear();
    this.#waiting = [];
    for (const worker of workers) void worker.terminate();
    for (const job of jobs) job?.reject(new Error('the simulation was given up'));
  }

  #next(): void {
    const idle = [...this.#jobs].find(([, job]) => job === undefined)?.[0];
    if (!idle && this.#jobs.size >= this.#threads) return;
    const job = this.#waiting.shift();
    if (!job) return;
    const worker = idle ?? this.#start();
    this.#jobs.set(worker, job);
    worker.postMessage(job.run);
  }

  #start(): Worker {
    const worker = new Worker(this.#script);
    worker.on('message', (message: Message) => this.#heard(worker, message));
    worker.on('error', (error) => this.#lost(worker, error));
    worker.on('exit', (code) => this.#lost(worker, new Error(`a simulating thread ended with ${code}`)));
    return worker;
  }

  #heard(worker: Worker, message: Message): void {
    const job = this.#jobs.get(worker);
    if ('days' in message) job?.onDay?.(message.days);
    else if (job) {
      this.#jobs.set(worker, undefined);
      job.resolve(message.ran);
      this.#next();
    }
  }

  /** Told of a thread that failed twice: when it throws, and when it has ended. */
  #lost(worker: Worker, error: unknown): void {
    const job = this.#jobs.get(worker);
    if (!this.#jobs.delete(worker)) return;
    job?.reject(error);
    this.#next();
  }
}
