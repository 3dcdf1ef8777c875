/** An orchestrator that leads. */
export interface Leader {
  /** As the fleet's processes are named: `orchestrator.1`. */
  readonly name: string;
  /** Where its API is, `host:port`. */
  readonly api: string;
}

/** What became of an attempt to lead. */
export type Attempt =
  /** `token` goes with every write: it is no other leadership's, and later ones have higher ones. */
  { won: true; token: string } | { won: false; leader: Leader };

/**
 * The one lock over all orchestrators of a fleet. It lapses `lifetimeMs` after it was last acquired or renewed. Every
 * call is bounded in time and throws when the lock is out of reach.
 */
export interface LeaderLock {
  readonly lifetimeMs: number;
  /** How often it is to be renewed. */
  readonly renewEveryMs: number;
  acquire(): Promise<Attempt>;
  /** False when the lock is another's: that leadership is over. One that was lost and is nobody's is held again. */
  renew(token: string): Promise<boolean>;
  /** Gives the lock back at once; does nothing when it is not held by this token. */
  release(token: string): Promise<void>;
  /** Throws UsherError unless Redis refuses the writes of all earlier leaderships: until then this one writes none. */
  assertFenced(): void;
}
