import { type DatedCensus, type FollowedRooms, followRooms } from './follow-rooms.ts';
import { LifetimeCounter, type Lifetimes } from './lifetimes.ts';
import { type SurvivalCurve, survivalOf } from './survival-curve.ts';

/** What was seen counts half after so long: a fleet whose habits change is followed. */
const halfLifeMs = 28 * 86_400_000;

/** A curve is made anew after so long, for all shards. */
const curveHoldsMs = 60_000;

/** How long this fleet's meetings last, by all that its censuses have shown. */
export class LifetimeBook {
  readonly #followed = new Map<string, FollowedRooms>();
  #counter = new LifetimeCounter();
  #fadedAt: number | undefined;
  #curve: { readonly madeAt: number; readonly curve: SurvivalCurve } | undefined;

  /** Takes a census of one life of a shard in. */
  record(incarnation: string, census: DatedCensus): void {
    this.#followed.set(incarnation, followRooms(this.#followed.get(incarnation), census, this.#counter));
  }

  /** How long meetings go on, as of the last minute. */
  survival(now: number): SurvivalCurve {
    if (!this.#curve || now - this.#curve.madeAt >= curveHoldsMs)
      this.#curve = { madeAt: now, curve: survivalOf(this.counts(now)) };
    return this.#curve.curve;
  }

  /** Loses sight of the rooms of all lives of shards but these: they have not ended by themselves. */
  keepOnly(incarnations: ReadonlySet<string>): void {
    for (const known of this.#followed.keys()) if (!incarnations.has(known)) this.#followed.delete(known);
  }

  /** Begins anew, from what another leader has seen until `fadedAt`. */
  begin(seen: Lifetimes | undefined, fadedAt: number): void {
    this.#followed.clear();
    this.#counter = new LifetimeCounter(seen);
    this.#fadedAt = fadedAt;
    this.#curve = undefined;
  }

  /** All that was seen, as it counts now. */
  counts(now: number): Lifetimes {
    this.#counter.fade(2 ** (-Math.max(0, now - (this.#fadedAt ?? now)) / halfLifeMs));
    this.#fadedAt = now;
    return this.#counter.counts();
  }
}
