import type { SurvivalCurve } from './lifetimes/survival-curve.ts';

/**
 * What a bridge is to a policy. `starting`: asked for, and not there yet. `draining`: takes no new conference, and could
 * again. `ending`: takes none any more, and goes when it is empty.
 */
export type ScaledState = 'starting' | 'open' | 'draining' | 'ending';

/** One bridge of a shard as it was read. */
export interface SeenBridge {
  readonly name: string;
  readonly state: ScaledState;
  /** When it was first seen. */
  readonly startedMs: number;
  /** As a share of what it should carry at most, by throughput or by stress. Undefined: not known, which is not 0. */
  readonly load: number | undefined;
}

/** The same, as a policy sees it. */
export interface ScaledBridge extends SeenBridge {
  /** The meetings on it, the oldest first: as many as it counts, and when they began as far as that can be told. */
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
  /** How long meetings of this fleet last. */
  readonly survival: SurvivalCurve;
}

/** What a load is expected not to exceed within so many minutes, in loads of a bridge. */
export interface ExpectedLoads {
  /** With 95 % probability. */
  readonly within5: number;
  /** With 99 %. */
  readonly within25: number;
  /** With 80 %. */
  readonly within30: number;
}

/** What a policy wants. */
export interface ScaleDecision {
  /** So many bridges, those not counted that are ending. Only drained and empty ones go when there are more. */
  readonly exist: number;
  /** Those that take new conferences, by name; the others drain. */
  readonly open: ReadonlySet<string>;
  /** Those that end, for good and when they are empty, by name. */
  readonly end?: ReadonlySet<string>;
  /** So many at most are ever there, those included that cannot take conferences. */
  readonly most?: number;
  /** What the load is expected not to exceed, by policies that look ahead. */
  readonly forecast?: ExpectedLoads;
  /** None goes for being one too many. */
  readonly keep?: boolean;
  readonly reasons: readonly string[];
}

/** Decides how many bridges a shard has and which of them are open, from one look after the other. */
export interface ScalePolicy {
  /**
   * Takes in what the shard carried over a step of five minutes, in loads of a bridge: each step once, in order, by
   * orchestrators that stand by too. Undefined: not known.
   *
   * @param wallMs when the step began, as `ScaleView.wallMs`
   */
  observe?(wallMs: number, load: number | undefined): void;
  decide(view: ScaleView): ScaleDecision;
  /** What the next leader must know beside the steps, to be kept as JSON. */
  memory?(): unknown;
  /** A leadership begins, with the `memory` of the one before: undefined when there is none, and not to be trusted. */
  begin?(memory: unknown): void;
}
