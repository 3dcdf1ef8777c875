import { weekSteps } from '../forecast/step.ts';
import type { SurvivalCurve } from '../lifetimes/survival-curve.ts';
import type { LoadHistory } from '../load-history/load-history.ts';
import { usualBridgeBitsPerSecond } from '../measure/measure-shard.ts';
import { limitsAt } from '../rules/limits-at.ts';
import type { ScaleRules } from '../rules/scale-rules.ts';
import { wallTimeOf } from '../rules/wall-time.ts';
import { limitDecision } from '../scale-limits.ts';
import type { CountedBridge } from '../scale-view.ts';
import type { ScaleLook } from '../shard-scaler.ts';
import { FollowedScaler, type ScalerRules } from './followed-scaler.ts';
import { headlineOf } from './headline.ts';
import { holdDecision } from './hold-decision.ts';

/** A scaler learns from so many steps of the past; forecasts use no more. */
const replayedSteps = 4 * weekSteps;

/** One look at a shard's bridges. */
export interface ShardView {
  readonly shard: string;
  readonly rules: ScaleRules;
  readonly nowMs: number;
  /** The oldest first. */
  readonly bridges: readonly CountedBridge[];
  readonly survival: SurvivalCurve;
}

/**
 * What decides on the bridges of each shard. It follows the history whoever leads, so that a standby that takes over
 * decides with all that its policies can know; what else they must know is given from one leader to the next.
 */
export class Scalers {
  readonly #history: Pick<LoadHistory, 'read'>;
  readonly #scalers = new Map<string, FollowedScaler>();
  readonly #full = new Map<string, number>();
  readonly #latest = new Map<string, ScaleLook>();
  /** What the leader before has left of scalers that are still to be made; undefined while this one does not lead. */
  #left: Map<string, unknown> | undefined;

  constructor(history: Pick<LoadHistory, 'read'>) {
    this.#history = history;
  }

  /**
   * Has a shard's scaler know the history up to `last`, and makes it where there is none by these rules yet: at first it
   * takes half a second of work. One call at a time. Throws when Redis does not say.
   */
  async follow(shard: string, rules: ScalerRules, last: number): Promise<void> {
    const before = this.#scalers.get(shard);
    const scaler = before?.isOf(rules) ? before : new FollowedScaler(rules, last + 1 - replayedSteps);
    if (scaler.next <= last) await scaler.tell(await this.#history.read(shard, scaler.next, last));
    this.#full.set(shard, rules.bridgeMbps * 1e6);
    if (scaler === before) return;
    if (this.#left) scaler.scaler.begin(before ? before.scaler.memory() : this.#left.get(shard));
    this.#left?.delete(shard);
    this.#scalers.set(shard, scaler);
  }

  /** Forgets all shards but these. */
  keepOnly(shards: ReadonlySet<string>): void {
    for (const known of [this.#scalers, this.#full, this.#latest])
      for (const shard of known.keys()) if (!shards.has(shard)) known.delete(shard);
  }

  /** A leadership begins, with what `memories` of the one before gave. */
  begin(left: ReadonlyMap<string, unknown>): void {
    this.#left = new Map(left);
    for (const [shard, { scaler }] of this.#scalers) {
      scaler.begin(left.get(shard));
      this.#left.delete(shard);
    }
  }

  /** It is over. */
  end(): void {
    this.#left = undefined;
    this.#latest.clear();
  }

  /** What the next leader must know beside the history, by shard, as JSON. */
  memories(): ReadonlyMap<string, unknown> {
    return new Map([...this.#scalers].map(([shard, { scaler }]) => [shard, scaler.memory()]));
  }

  /** Decides on a shard's bridges. Until its scaler knows what it must, all stays as it is, within the limits. */
  look({ shard, rules, nowMs, bridges, survival }: ShardView): ScaleLook {
    const limits = limitsAt(rules, nowMs);
    const followed = this.#scalers.get(shard);
    const wallMs = wallTimeOf(rules.timeZone)(nowMs);
    const look =
      this.#left && followed?.isOf(rules)
        ? followed.scaler.look({ nowMs, wallMs, bridges, survival }, limits)
        : heldLook(nowMs, bridges, limits);
    const headline = headlineOf({ bridges, look, bridgeMbps: rules.bridgeMbps, wallMs });
    const said = { ...look, decision: { ...look.decision, reasons: [headline, ...look.decision.reasons] } };
    this.#latest.set(shard, said);
    return said;
  }

  /** The last look at a shard of this leadership. */
  latest(shard: string): ScaleLook | undefined {
    return this.#latest.get(shard);
  }

  /** The same of all shards, by name. */
  looks(): ReadonlyMap<string, ScaleLook> {
    return this.#latest;
  }

  /** What a bridge of this shard should carry at most, in bits per second. */
  fullBitsPerSecond(shard: string): number {
    return this.#full.get(shard) ?? usualBridgeBitsPerSecond;
  }
}

function heldLook(atMs: number, bridges: readonly CountedBridge[], limits: ScaleLook['limits']): ScaleLook {
  const wanted = holdDecision(bridges, 'held: what the shard carried before is still being read');
  return { atMs, wanted, limits, decision: limitDecision(wanted, bridges, limits) };
}
