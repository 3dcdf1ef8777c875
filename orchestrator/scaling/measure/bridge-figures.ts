import type { BridgeStats } from '../../../shards/probes/bridge-stats.ts';
import type { FollowedBridge } from '../../bridges/follow-bridges.ts';

/** So long a bridge's last good figures stand for it when it cannot be read, in milliseconds. */
export const holdMs = 120_000;

/**
 * Rates of a bridge that carries people are never just the same for so long: they are renewed every 5 s. Its clock is
 * no proof, since JVBs of 2026 stamp their answers with the time of the request.
 */
export const frozenAfterMs = 60_000;
/** Below, rates in whole kbit/s may well be the same twice. */
const frozenFromBitsPerSecond = 1_000_000;

/** What a bridge carries, by its last good figures; undefined when these say nothing of now. */
export function figuresOf({ held }: FollowedBridge, now: number): BridgeStats | undefined {
  if (!held || now - held.readAt > holdMs) return undefined;
  const isFrozen = held.readAt - held.ratesSince > frozenAfterMs;
  return isFrozen && held.stats.bitsPerSecond >= frozenFromBitsPerSecond ? undefined : held.stats;
}
