import type { ViolationKind } from './oracle/room-book.ts';
import type { ChaosResult } from './run-chaos.ts';

/** One kind of fault over all runs. */
export interface KindSummary {
  readonly faults: number;
  /** Until the fleet was whole, checks included. */
  readonly healSeconds: { readonly median: number; readonly max: number };
}

/** What runs came to. */
export interface ChaosSummary {
  readonly seeds: readonly number[];
  readonly faults: number;
  readonly kinds: number;
  /** Meetings held. */
  readonly rooms: number;
  readonly joins: number;
  readonly refused: number;
  readonly split: number;
  readonly moved: number;
  readonly cut: number;
  readonly lost: number;
  /** Fleets that did not become whole again, and why. */
  readonly unhealed: readonly string[];
  readonly byKind: Readonly<Record<string, KindSummary>>;
  readonly stories: readonly (readonly string[])[];
}

/** Sums runs up. A pair of faults counts as one, of a kind of its own. */
export function summarize(results: readonly ChaosResult[]): ChaosSummary {
  const total = (size: (result: ChaosResult) => number) => results.reduce((sum, one) => sum + size(one), 0);
  const count = (kind: ViolationKind) =>
    total(({ violations }) => violations.filter((violation) => violation.kind === kind).length);
  const byKind = Map.groupBy(
    results.flatMap(({ healed }) => healed),
    ({ kinds }) => kinds.toSorted().join(' + '),
  );
  const kinds = [...byKind].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return {
    seeds: results.map(({ seed }) => seed),
    faults: total(({ healed }) => healed.length),
    kinds: byKind.size,
    rooms: total(({ rooms }) => rooms),
    joins: total(({ joins }) => joins),
    refused: total(({ refused }) => refused),
    split: count('split'),
    moved: count('moved'),
    cut: count('cut'),
    lost: count('lost'),
    unhealed: results.flatMap(({ seed, unhealed }) =>
      unhealed === undefined ? [] : `seed ${seed}: ${unhealed}`,
    ),
    byKind: Object.fromEntries(
      kinds.map(([kind, faults]) => [kind, summarizeKind(faults.map(({ healMs }) => healMs))]),
    ),
    stories: results.flatMap(({ stories }) => stories),
  };
}

/** Whether all that must be zero is zero. */
export function isClean({ split, moved, cut, lost, unhealed }: ChaosSummary): boolean {
  return split + moved + cut + lost + unhealed.length === 0;
}

/** The summary for people. */
export function describeSummary(summary: ChaosSummary): string {
  const { faults, kinds, rooms, joins, split, moved, cut, lost } = summary;
  const width = Math.max(...Object.keys(summary.byKind).map((kind) => kind.length));
  return [
    ...Object.entries(summary.byKind).map(
      ([kind, { faults: times, healSeconds }]) =>
        `${kind.padEnd(width)} ${String(times).padStart(3)} times, whole after ${healSeconds.median} s, at most ${healSeconds.max} s`,
    ),
    `${faults} faults of ${kinds} kinds, ${rooms} meetings, ${joins} joins (${summary.refused} refused)`,
    `split ${split}, moved ${moved}, cut ${cut}, lost ${lost}`,
    ...summary.unhealed,
    '',
  ].join('\n');
}

function summarizeKind(healMs: readonly number[]): KindSummary {
  const sorted = healMs.toSorted((a, b) => a - b);
  const seconds = (ms = 0) => Math.round(ms / 100) / 10;
  const median = sorted[Math.floor(sorted.length / 2)];
  return { faults: healMs.length, healSeconds: { median: seconds(median), max: seconds(sorted.at(-1)) } };
}
