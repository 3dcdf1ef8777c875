import { fullStress } from '../scale-view.ts';
import { quantile } from './quantile.ts';
import type { ShardUse } from './use.ts';

/** What a bridge carries when its stress comes to .8, by what was recorded. */
export interface BridgeCapacity {
  readonly bitsPerSecond: number;
  /**
   * `reached`: stress, not throughput, filled the bridges. `at-least`: it never did; the busiest bridge had this much
   * room or more, since it carried no less than the mean.
   */
  readonly bound: 'reached' | 'at-least';
  /** How many steps say so. */
  readonly steps: number;
}

/** Below this mean load stress says little, and fewer steps are a single meeting. */
const fewestLoad = 0.3;
const fewestSteps = 12;
/** Stress decides when it makes the demand this much higher than the throughput. */
const decidesFrom = 1.05;

/**
 * Calibrates what a bridge carries at a stress of .8. Demand counts a bridge by its stress where that says more: as
 * much as it is above the throughput, a bridge is full below what it is set to carry. Undefined when no stress is known,
 * or the bridges were never loaded enough to tell.
 */
export function calibrateBridge({ shard, steps }: ShardUse): BridgeCapacity | undefined {
  const told = steps.flatMap(({ load, bridges, highestStress, bitsPerSecond = 0, demand = 0 }) => {
    if (!highestStress || bitsPerSecond === 0 || load < fewestLoad * bridges) return [];
    const mean = bitsPerSecond / bridges;
    return [{ excess: demand / bitsPerSecond, atLeast: (mean * fullStress) / highestStress }];
  });
  if (told.length < fewestSteps) return undefined;
  const excess = quantile(
    told.map((one) => one.excess),
    0.5,
  );
  if (excess >= decidesFrom) {
    return { bitsPerSecond: shard.bridgeBitsPerSecond / excess, bound: 'reached', steps: told.length };
  }
  const atLeast = quantile(
    told.map((one) => one.atLeast),
    0.5,
  );
  return { bitsPerSecond: atLeast, bound: 'at-least', steps: told.length };
}
