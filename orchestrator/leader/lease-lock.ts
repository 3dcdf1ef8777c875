import { messageOf, UsherError } from '../../common/errors.ts';
import { decideLease } from './decide-lease.ts';
import type { Attempt, Leader, LeaderLock } from './leader-lock.ts';
import { type Lease, microTime, tokenOf } from './lease.ts';
import type { LeaseApi } from './lease-api.ts';
import { holderIdentity, leaderFrom } from './lease-holder.ts';
import type { RedisFence } from './redis-fence.ts';

/** What a LeaseLock is made of. */
export interface LeaseLockOptions {
  readonly api: LeaseApi;
  readonly fence: RedisFence;
  readonly self: Leader;
  /** Whole seconds; default 8 s: a control plane that fails over within that keeps its leader. */
  readonly lifetimeMs?: number;
}

/**
 * The lock as a Kubernetes Lease, which goes on without Redis. Redis is told of each leadership's token as soon as it is
 * in reach, and refuses the writes of all earlier ones from then on.
 */
export class LeaseLock implements LeaderLock {
  readonly lifetimeMs: number;
  readonly renewEveryMs: number;
  readonly #options: LeaseLockOptions;
  readonly #identity: string;
  #known: Lease | undefined;
  /** When `#known` was first seen with the spec it has, by the monotonic clock. */
  #knownSince = 0;
  /** The highest token that Redis has named. */
  #seen = 0;
  /** Why Redis has not taken a token; undefined: it has. */
  #unfenced: string | undefined;

  constructor(options: LeaseLockOptions) {
    this.#options = options;
    this.#identity = holderIdentity(options.self);
    this.lifetimeMs = options.lifetimeMs ?? 8_000;
    this.renewEveryMs = this.lifetimeMs / 4;
  }

  async acquire(): Promise<Attempt> {
    const found = await this.#read();
    const { free } = decideLease(found, performance.now() - this.#knownSince, this.lifetimeMs);
    if (!free) return { won: false, leader: this.#leaderOf(found) };
    const token = Math.max(Date.now(), (found ? tokenOf(found) : 0) + 1, this.#seen + 1);
    if (!(await this.#write(found, token))) return { won: false, leader: this.#leaderOf(await this.#read()) };
    this.#unfenced = 'Redis was not told yet';
    await this.#tellRedis(`${token}`);
    return { won: true, token: `${token}` };
  }

  async renew(token: string): Promise<boolean> {
    // At once: neither waits for the other when that is out of reach.
    const [isHeld, isLatest] = await Promise.all([this.#hold(Number(token)), this.#tellRedis(token)]);
    return isHeld && isLatest;
  }

  async release(token: string): Promise<void> {
    const known = this.#known;
    if (known === undefined || !this.#isOurs(known, Number(token))) return;
    // The time of acquisition stays: the next holder's is to be later.
    const spec = { ...known.spec, holderIdentity: '', leaseDurationSeconds: 1 };
    this.#note(await this.#options.api.write(known, spec));
  }

  assertFenced(): void {
    if (this.#unfenced === undefined) return;
    throw new UsherError(`this orchestrator leads, but Redis does not know it yet: ${this.#unfenced}`);
  }

  async #hold(token: number): Promise<boolean> {
    let found = this.#known;
    // Twice: what is known of it is old when an answer was lost, or when somebody labelled it.
    for (let attempt = 0; attempt < 2; attempt += 1) {
      if (found !== undefined && !this.#isOurs(found, token)) return false;
      if (await this.#write(found, token)) return true;
      found = await this.#read();
    }
    throw new UsherError(`${this.#options.api.where} was changed by somebody else at the same time`);
  }

  /** False when Redis knows of a later leadership. One that cannot be told is told with the next renewal. */
  async #tellRedis(token: string): Promise<boolean> {
    try {
      const later = await this.#options.fence.put(token, this.lifetimeMs);
      this.#unfenced = later === undefined ? undefined : 'it knows of a later leadership';
      this.#seen = Math.max(this.#seen, later ?? 0);
      return later === undefined;
    } catch (error) {
      this.#unfenced = messageOf(error);
      return true;
    }
  }

  async #read(): Promise<Lease | undefined> {
    return this.#note(await this.#options.api.read());
  }

  /** Writes it as held by this leadership; false when it was changed meanwhile. */
  async #write(found: Lease | undefined, token: number): Promise<boolean> {
    const transitions = found?.spec.leaseTransitions ?? -1;
    const isOurs = found !== undefined && this.#isOurs(found, token);
    const written = await this.#options.api.write(found, {
      ...found?.spec,
      holderIdentity: this.#identity,
      leaseDurationSeconds: this.lifetimeMs / 1_000,
      acquireTime: microTime(token),
      renewTime: microTime(Date.now()),
      leaseTransitions: isOurs ? transitions : transitions + 1,
    });
    if (written !== undefined) this.#note(written);
    return written !== undefined;
  }

  #note(found: Lease | undefined): Lease | undefined {
    if (JSON.stringify(found?.spec) !== JSON.stringify(this.#known?.spec)) {
      this.#knownSince = performance.now();
    }
    this.#known = found;
    return found;
  }

  #isOurs(found: Lease, token: number): boolean {
    return found.spec.holderIdentity === this.#identity && tokenOf(found) === token;
  }

  #leaderOf(found: Lease | undefined): Leader {
    const { where } = this.#options.api;
    const identity = found?.spec.holderIdentity ?? '';
    if (identity === '') throw new UsherError(`${where} has just changed hands`);
    return leaderFrom(identity, where);
  }
}
