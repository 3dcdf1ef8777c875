/**
 * What a bridge is to a policy. `starting`: asked for, and not there yet. `draining`: takes no new conference, and could
 * again. `ending`: takes none any more, and goes when it is empty.
 */
export type ScaledState = 'starting' | 'open' | 'draining' | 'ending';

/** One bridge of a shard, as a policy sees it. */
export interface ScaledBridge {
  readonly name: string;
  readonly state: ScaledState;
  /** When it was asked for. */
  readonly startedMs: number;
  /** As a share of what it should carry at most, by throughput or by stress. Undefined: not known, which is not 0. */
  readonly load: number | undefined;
  /** The meetings on it. */
  readonly meetings: readonly ScaledMeeting[];
}

export interface ScaledMeeting {
  readonly startedMs: number;
}

/** A shard's bridges at one look. */
export interface ScaleView {
  readonly nowMs: number;
  /** The time on the wall where the shard's people live, as if that were UTC. */
  readonly wallMs: number;
  /** The oldest first. */
  readonly bridges: readonly ScaledBridge[];
  /** How long each meeting had lasted that ended since the last look, in milliseconds. */
  readonly endedMs: readonly number[];
}

/** What a policy wants. */
export interface ScaleDecision {
  /** So many bridges, those not counted that are ending. Only drained and empty ones go when there are more. */
  readonly exist: number;
  /** Those that take new conferences, by name; the others drain. */
  readonly open: ReadonlySet<string>;
  /** Those that end, for good and when they are empty, by name. */
  readonly end?: ReadonlySet<string>;
  readonly reasons: readonly string[];
}

/** Decides how many bridges a shard has and which of them are open, from one look after the other. */
export interface ScalePolicy {
  decide(view: ScaleView): ScaleDecision;
  /** Another orchestrator goes on: what was not recorded is forgotten. */
  restart?(): void;
}
