import { UsherError } from '../../common/errors.ts';

/**
 * One leadership as its holder knows it, by its own monotonic clock: a process that was stopped knows on waking, before
 * it does anything, that it may no longer lead, whatever its timers and its queue of answers say.
 */
export class Leadership {
  readonly #token: string;
  readonly #validMs: number;
  readonly #now: () => number;
  #until: number;

  /**
   * @param validMs how long it is sure after each renewal
   * @param askedAt when it was asked for, by `now`
   * @param now a monotonic clock, in milliseconds
   */
  constructor(token: string, validMs: number, askedAt: number, now: () => number = () => performance.now()) {
    this.#token = token;
    this.#validMs = validMs;
    this.#now = now;
    this.#until = askedAt + validMs;
  }

  /** It was renewed by a request sent at `askedAt`. */
  renewed(askedAt: number): void {
    this.#until = askedAt + this.#validMs;
  }

  /** Milliseconds until it is no longer sure; 0 or less: it is not. */
  leftMs(): number {
    return this.#until - this.#now();
  }

  /** The fencing token; throws when the leadership is no longer sure. */
  token(): string {
    if (this.leftMs() <= 0) throw new UsherError('this orchestrator no longer leads');
    return this.#token;
  }
}
