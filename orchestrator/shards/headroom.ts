import type { BridgeStats } from '../../shards/probes/bridge-stats.ts';

/** What one bridge is meant to carry, in bits per second (scaling.md: bridge 400 Mbit/s). */
export const bridgeTargetBitsPerSecond = 400_000_000;

/**
 * What bridges can still take together, in bits per second. Undefined when none has answered: missing is unknown,
 * not zero.
 */
export function headroomOf(stats: readonly BridgeStats[]): number | undefined {
  if (stats.length === 0) return undefined;
  return stats
    .filter(({ operational }) => operational)
    .reduce((sum, { bitsPerSecond }) => sum + Math.max(0, bridgeTargetBitsPerSecond - bitsPerSecond), 0);
}
