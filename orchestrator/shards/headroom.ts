import type { ShardEndpoints } from '../../shards/driver.ts';
import { type BridgeStats, readBridgeStats } from '../../shards/probes/bridge-stats.ts';

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

/** Asks all bridges of a shard at once. */
export async function readHeadroom(
  endpoints: ShardEndpoints,
  signal: AbortSignal,
): Promise<number | undefined> {
  const answers = await Promise.all(endpoints.bridges.map(({ rest }) => readBridgeStats(rest, signal)));
  return headroomOf(answers.filter((answer) => answer.ok));
}
