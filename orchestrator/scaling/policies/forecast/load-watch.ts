import type { ScaledBridge } from '../../scale-policy.ts';

const minuteMs = 60_000;

/** What the looks so far tell of the load, in hundredths of a bridge's. */
export interface LoadSeen {
  readonly load: number;
  /** By bridge, as a share; of one that cannot be read what was last known of it. */
  readonly of: ReadonlyMap<string, number>;
  /** How much bridges gained since the minute before, when this look begins another one. */
  readonly gained: { readonly load: number; readonly before: number } | undefined;
  /** By how much the load rose per minute in the last four; undefined when it is not known. */
  readonly slope: number | undefined;
}

/** Follows the bridges' loads from look to look. */
export class LoadWatch {
  #minute: { readonly at: number; readonly of: ReadonlyMap<string, number> } | undefined;
  #of: ReadonlyMap<string, number> = new Map();
  /** By minutes, the last five. */
  #loads: { readonly at: number; readonly load: number }[] = [];

  look(wallMs: number, bridges: readonly ScaledBridge[]): LoadSeen {
    const of = heldLoads(bridges, this.#of);
    this.#of = of;
    const load = sumOf(of);
    return {
      load,
      of,
      gained: this.#gained(wallMs, of),
      slope: this.#slope(wallMs, load),
    };
  }

  #gained(wallMs: number, of: ReadonlyMap<string, number>): LoadSeen['gained'] {
    const at = Math.floor(wallMs / minuteMs);
    const before = this.#minute;
    if (before?.at === at) return undefined;
    this.#minute = { at, of };
    if (before === undefined || before.at !== at - 1) return undefined;
    let gained = 0;
    for (const [name, share] of of) gained += Math.max(0, 100 * (share - (before.of.get(name) ?? 0)));
    return { load: gained, before: sumOf(before.of) };
  }

  #slope(wallMs: number, load: number): number | undefined {
    const at = Math.floor(wallMs / minuteMs);
    if (this.#loads.at(-1)?.at !== at) this.#loads = [...this.#loads.slice(-4), { at, load }];
    const first = this.#loads[0];
    return first && at - first.at >= 4 ? (load - first.load) / (at - first.at) : undefined;
  }
}

/** Missing is not zero: it is what was last known, or the mean of the others. */
function heldLoads(
  bridges: readonly ScaledBridge[],
  before: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> {
  const there = bridges.filter(({ state }) => state !== 'starting');
  const known = there.flatMap(({ load }) => load ?? []);
  const mean = known.length > 0 ? known.reduce((sum, load) => sum + load, 0) / known.length : 0;
  return new Map(there.map(({ name, load }) => [name, load ?? before.get(name) ?? mean]));
}

function sumOf(of: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const share of of.values()) sum += share;
  return 100 * sum;
}
