import { messageOf, UsherError } from '../../common/errors.ts';
import type { Logger } from '../../common/log.ts';
import { sleep } from '../../common/time.ts';
import { untilAborted } from '../../common/until-aborted.ts';
import type { Audit } from '../audit/audit.ts';
import type { Leader, LeaderLock } from './leader-lock.ts';
import { Leadership } from './leadership.ts';

/** Who stands for election, and by which lock. */
export interface ElectionOptions {
  lock: LeaderLock;
  self: Leader;
  audit: Audit;
  log: Logger;
}

/** A leader stops so long before its lock lapses: what it has begun can end before another begins. */
const marginMs = 500;

/** Has one orchestrator at a time lead. */
export class Election {
  readonly #options: ElectionOptions;
  #leadership: Leadership | undefined;
  #other: Leader | undefined;
  /** Why the lock could not be tried the last time. */
  #trouble: string | undefined;

  constructor(options: ElectionOptions) {
    this.#options = options;
  }

  /** Does this orchestrator lead, surely? */
  leads(): boolean {
    return this.#leadership !== undefined && this.#leadership.leftMs() > 0;
  }

  /** Who leads, as far as this orchestrator knows; undefined when nobody does. */
  leader(): Leader | undefined {
    return this.leads() ? this.#options.self : this.#other;
  }

  /** Throws UsherError unless this orchestrator leads, surely. */
  assertLeads(): void {
    this.#sureToken();
  }

  /** The fencing token; throws UsherError unless this orchestrator leads, and Redis knows it. */
  token(): string {
    const token = this.#sureToken();
    this.#options.lock.assertFenced();
    return token;
  }

  /**
   * Stands for election until `signal` aborts. Each time it is won, `work` runs under a signal that aborts when the
   * leadership ends; nothing may go on when it has returned.
   */
  async run(work: (leading: AbortSignal) => Promise<void>, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const leadership = await this.#attempt();
      if (leadership) await this.#lead(leadership, work, signal);
      await sleep(this.#tryEveryMs, signal);
    }
  }

  /** How often a standby tries, and how soon a renewal that failed is tried again. */
  get #tryEveryMs(): number {
    return this.#options.lock.renewEveryMs / 2;
  }

  #sureToken(): string {
    if (this.#leadership) return this.#leadership.token();
    throw new UsherError('this orchestrator does not lead');
  }

  async #attempt(): Promise<Leadership | undefined> {
    const { lock, log } = this.#options;
    const askedAt = performance.now();
    try {
      const attempt = await lock.acquire();
      this.#other = attempt.won ? undefined : attempt.leader;
      this.#trouble = undefined;
      if (attempt.won) return new Leadership(attempt.token, lock.lifetimeMs - marginMs, askedAt);
    } catch (error) {
      this.#other = undefined;
      const trouble = messageOf(error);
      if (trouble !== this.#trouble) log.warn({ error: trouble }, 'the lock of the leader cannot be had');
      this.#trouble = trouble;
    }
    return undefined;
  }

  async #lead(
    leadership: Leadership,
    work: (leading: AbortSignal) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void> {
    const { lock, log } = this.#options;
    const token = leadership.token();
    this.#leadership = leadership;
    this.#record('leader.take', 'nobody led', token);
    const ending = new AbortController();
    const leading = AbortSignal.any([signal, ending.signal]);
    const kept = this.#keep(leadership, leading).finally(() => ending.abort());
    try {
      await work(leading);
    } finally {
      ending.abort();
      this.#record('leader.leave', await kept, token);
      this.#leadership = undefined;
      await lock
        .release(token)
        .catch((error: unknown) => log.debug({ error: messageOf(error) }, 'the lock lapses by itself'));
    }
  }

  /** Renews until `signal` aborts or the leadership is over; says why it ended. */
  async #keep(leadership: Leadership, signal: AbortSignal): Promise<string> {
    const { lock, log } = this.#options;
    let waitMs = lock.renewEveryMs;
    while (await sleep(Math.max(0, Math.min(waitMs, leadership.leftMs())), signal)) {
      if (leadership.leftMs() <= 0) return 'it was not renewed in time';
      const askedAt = performance.now();
      waitMs = lock.renewEveryMs;
      try {
        // An answer that comes later would come too late: the work must have ended by then.
        const timeIsUp = AbortSignal.timeout(Math.ceil(leadership.leftMs()));
        const renewal = lock.renew(leadership.token());
        if (!(await untilAborted(renewal, timeIsUp, 'no answer in time')))
          return 'another has taken its lock';
        leadership.renewed(askedAt);
      } catch (error) {
        log.warn({ error: messageOf(error) }, 'leadership could not be renewed');
        waitMs = this.#tryEveryMs;
      }
    }
    return 'it was told to stop';
  }

  #record(action: string, reason: string, token: string): void {
    const { self, audit, log } = this.#options;
    log.info({ ...self, token, reason }, action === 'leader.take' ? 'leads' : 'leads no longer');
    audit.record({ actor: 'orchestrator', action, reason, inputs: { ...self, token }, outcome: 'ok' });
  }
}
