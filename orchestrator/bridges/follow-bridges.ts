import type { Gate } from '../../common/gate.ts';
import type { BridgeEndpoint } from '../../shards/driver.ts';
import type { BridgeStats } from '../../shards/probes/bridge-stats.ts';
import { type ProbeFailure, soft } from '../../shards/probes/probe.ts';
import { readBridgeStats } from '../../shards/probes/read-bridge-stats.ts';

/** One bridge as its last reads tell of it. */
export interface FollowedBridge extends BridgeEndpoint {
  /** In milliseconds since the epoch, by the orchestrator's clock. */
  readonly firstSeenAt: number;
  /** The last read; a failure is unknown, never zero. */
  readonly said: BridgeStats | ProbeFailure;
  /** The last figures that were new, by the bridge's own clock. */
  readonly measuredAt: string | undefined;
  /** So many reads in a row, each of new figures, found it draining and without any conference. */
  readonly emptyReads: number;
  /** So many found it unable to take conferences: unhealthy, or about to end. */
  readonly unableReads: number;
  /** The last good figures, which hold for a while when a read fails. */
  readonly held: HeldFigures | undefined;
  /** So many times its counters began anew: it was restarted, and what it carried was cut. */
  readonly restarts: number;
  /** It was not there at the first read of its shard, and has not answered yet: nobody can be on it. */
  readonly isStarting: boolean;
}

/** Good figures; times in milliseconds since the epoch, by the orchestrator's clock. */
export interface HeldFigures {
  readonly stats: BridgeStats;
  readonly readAt: number;
  /** Since when its rates have been just these. */
  readonly ratesSince: number;
}

/** Figures that a bridge has not renewed for so long are not of now: it hangs. It renews them every 5 s. */
export const staleAfterMs = 30_000;

/** Asks all bridges of a shard, each when `gate` lets it; `before` is what the read before this one gave. */
export function readBridges(
  before: readonly FollowedBridge[],
  bridges: readonly BridgeEndpoint[],
  gate: Gate,
  signal: AbortSignal,
): Promise<FollowedBridge[]> {
  const known = new Map(before.map((bridge) => [bridge.name, bridge]));
  return Promise.all(
    bridges.map(async (bridge) => {
      const said = await gate.run(() => readBridgeStats(bridge.rest, signal));
      const joins = known.size > 0 && !known.has(bridge.name);
      const now = Date.now();
      return followBridge(known.get(bridge.name) ?? unread(bridge, joins, now), bridge, said, now);
    }),
  );
}

/**
 * A bridge of which nothing is known yet.
 *
 * @param isStarting the shard's others were there before it
 */
export function unread(bridge: BridgeEndpoint, isStarting: boolean, now: number): FollowedBridge {
  return {
    ...bridge,
    firstSeenAt: now,
    said: soft('not read yet'),
    measuredAt: undefined,
    emptyReads: 0,
    unableReads: 0,
    held: undefined,
    restarts: 0,
    isStarting,
  };
}

/** A bridge after one more read. */
export function followBridge(
  before: FollowedBridge,
  bridge: BridgeEndpoint,
  said: BridgeStats | ProbeFailure,
  now: number,
): FollowedBridge {
  const { measuredAt, held } = before;
  const { name, rest } = bridge;
  const unanswered = (why: ProbeFailure) => {
    return { ...before, name, rest, said: why, emptyReads: 0, unableReads: 0 };
  };
  if (!said.ok) return unanswered(said);
  // Figures that were read before say nothing new, and ones without a time never prove to be new.
  const isOld = said.measuredAt !== undefined && said.measuredAt === measuredAt;
  if (isOld && held && now - held.readAt > staleAfterMs) {
    return unanswered(soft(`its figures are those of ${measuredAt} still: it hangs`));
  }
  if (isOld) return { ...before, name, rest, said };
  const isRestarted = (said.conferencesCreated ?? 0) < (held?.stats.conferencesCreated ?? 0);
  const isTimed = said.measuredAt !== undefined;
  const emptyReads = said.draining && isEmpty(said) ? (isRestarted ? 0 : before.emptyReads) + 1 : 0;
  const unableReads = said.able ? 0 : before.unableReads + 1;
  return {
    ...before,
    name,
    rest,
    said,
    held: {
      stats: said,
      readAt: now,
      ratesSince: sameRates(held?.stats, said) ? (held?.ratesSince ?? now) : now,
    },
    restarts: before.restarts + (isRestarted ? 1 : 0),
    isStarting: false,
    measuredAt: said.measuredAt ?? measuredAt,
    emptyReads: isTimed ? emptyReads : before.emptyReads,
    unableReads: isTimed ? unableReads : before.unableReads,
  };
}

/** Does it say that it carries nobody? */
export function isEmpty({ conferences, localEndpoints }: BridgeStats): boolean {
  return conferences === 0 && localEndpoints === 0;
}

function sameRates(before: BridgeStats | undefined, after: BridgeStats): boolean {
  const { received, sent, relayReceived, relaySent } = after.rates;
  return (
    before?.rates.received === received &&
    before.rates.sent === sent &&
    before.rates.relayReceived === relayReceived &&
    before.rates.relaySent === relaySent &&
    before.packetsPerSecond === after.packetsPerSecond
  );
}
