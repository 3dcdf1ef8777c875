import type { BridgeEndpoint } from '../../shards/driver.ts';
import { type BridgeStats, readBridgeStats } from '../../shards/probes/bridge-stats.ts';
import type { ProbeFailure } from '../../shards/probes/probe.ts';

/** One bridge as its last reads tell of it. */
export interface FollowedBridge extends BridgeEndpoint {
  /** The last read; a failure is unknown, never zero. */
  readonly said: BridgeStats | ProbeFailure;
  /** The last figures that were new, by the bridge's own clock. */
  readonly measuredAt: string | undefined;
  /** So many reads in a row, each of new figures, found it draining and without any conference. */
  readonly emptyReads: number;
  /** So many found it unable to take conferences: unhealthy, or about to end. */
  readonly unableReads: number;
}

/** Asks all bridges of a shard at once; `before` is what the read before this one gave. */
export function readBridges(
  before: readonly FollowedBridge[],
  bridges: readonly BridgeEndpoint[],
  signal: AbortSignal,
): Promise<FollowedBridge[]> {
  const known = new Map(before.map((bridge) => [bridge.name, bridge]));
  return Promise.all(
    bridges.map(async (bridge) => {
      return followBridge(known.get(bridge.name), bridge, await readBridgeStats(bridge.rest, signal));
    }),
  );
}

/** A bridge after one more read. */
export function followBridge(
  before: FollowedBridge | undefined,
  bridge: BridgeEndpoint,
  said: BridgeStats | ProbeFailure,
): FollowedBridge {
  const { measuredAt, emptyReads, unableReads } = before ?? { emptyReads: 0, unableReads: 0 };
  if (!said.ok) return { ...bridge, said, measuredAt, emptyReads: 0, unableReads: 0 };
  // Figures that were read before say nothing new, and ones without a time never prove to be new.
  if (said.measuredAt === undefined || said.measuredAt === measuredAt) {
    return { ...bridge, said, measuredAt, emptyReads, unableReads };
  }
  return {
    ...bridge,
    said,
    measuredAt: said.measuredAt,
    emptyReads: said.draining && isEmpty(said) ? emptyReads + 1 : 0,
    unableReads: said.able ? 0 : unableReads + 1,
  };
}

/** Does it say that it carries nobody? */
export function isEmpty({ conferences, localEndpoints }: BridgeStats): boolean {
  return conferences === 0 && localEndpoints === 0;
}
