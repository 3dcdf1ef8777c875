import type { Censuses, CensusReading } from './census.ts';

const kept = 32;

/** The last readings of every shard's census, by incarnation. */
export class CensusBook {
  readonly #readings = new Map<string, CensusReading[]>();

  record(incarnation: string, reading: CensusReading): void {
    const readings = this.#readings.get(incarnation) ?? [];
    this.#readings.set(incarnation, [...readings, reading].slice(-kept));
  }

  /** The book as it is now: readings that come later are not in it. */
  snapshot(): CensusBook {
    const copy = new CensusBook();
    for (const [incarnation, readings] of this.#readings) copy.#readings.set(incarnation, readings);
    return copy;
  }

  /** Forgets every shard but these. */
  keepOnly(incarnations: ReadonlySet<string>): void {
    for (const known of this.#readings.keys()) if (!incarnations.has(known)) this.#readings.delete(known);
  }

  latest(): Censuses {
    const latest = new Map<string, CensusReading>();
    for (const [incarnation, readings] of this.#readings) {
      const last = readings.at(-1);
      if (last) latest.set(incarnation, last);
    }
    return latest;
  }

  /** The last two readings of each shard of which both began at `from` or later, newest last. */
  lastTwo(from: number): Map<string, readonly [CensusReading, CensusReading]> {
    const pairs = new Map<string, readonly [CensusReading, CensusReading]>();
    for (const [incarnation, readings] of this.#readings) {
      const [before, last] = readings.slice(-2);
      if (before && last && before.begunAt >= from) pairs.set(incarnation, [before, last]);
    }
    return pairs;
  }

  /** How many readings of a shard that began at `from` or later miss a room; 0 as soon as one of them shows it. */
  missesSince(incarnation: string, room: string, from: number): number {
    const since = (this.#readings.get(incarnation) ?? []).filter(({ begunAt }) => begunAt >= from);
    return since.some(({ rooms }) => rooms.has(room)) ? 0 : since.length;
  }

  /** Did the last `count` readings all show no rooms? False when there are fewer. */
  emptyFor(incarnation: string, count: number): boolean {
    const last = (this.#readings.get(incarnation) ?? []).slice(-count);
    return last.length === count && last.every(({ rooms }) => rooms.size === 0);
  }
}
