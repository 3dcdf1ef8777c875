import type { ShardLoad } from '../measure/measure-shard.ts';

/** Means of what a shard carried over one step of five minutes; what is not known is undefined. */
export interface LoadStep {
  readonly bitsPerSecond: number | undefined;
  /** Bits per second, where stress says more by stress. */
  readonly demand: number | undefined;
  /** Of the bridge that had the most; 1 is its limit. */
  readonly highestStress: number | undefined;
  readonly participants: number | undefined;
  readonly conferences: number | undefined;
  readonly bridges: number | undefined;
  readonly openBridges: number | undefined;
}

/** In the order of `mean` below. */
const loadFigures = [
  'bitsPerSecond',
  'demand',
  'highestStress',
  'participants',
  'conferences',
  'bridges',
  'openBridges',
] as const;

/** Of which step nothing is known. */
export const unknownStep: LoadStep = {
  bitsPerSecond: undefined,
  demand: undefined,
  highestStress: undefined,
  participants: undefined,
  conferences: undefined,
  bridges: undefined,
  openBridges: undefined,
};

/** Makes the mean of a shard's measurements over one step; one that does not know a figure says nothing of it. */
export class StepMean {
  readonly #sums = loadFigures.map(() => ({ sum: 0, count: 0 }));

  add(load: ShardLoad): void {
    for (const [index, figure] of loadFigures.entries()) {
      const value = load[figure];
      const entry = this.#sums[index];
      if (value === undefined || !entry) continue;
      entry.sum += value;
      entry.count += 1;
    }
  }

  mean(): LoadStep {
    const means = this.#sums.map(({ sum, count }) => (count > 0 ? sum / count : undefined));
    return {
      bitsPerSecond: means[0],
      demand: means[1],
      highestStress: means[2],
      participants: means[3],
      conferences: means[4],
      bridges: means[5],
      openBridges: means[6],
    };
  }
}
