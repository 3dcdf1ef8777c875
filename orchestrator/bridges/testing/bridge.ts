import type { BridgeStats } from '../../../shards/probes/bridge-stats.ts';
import { type FollowedBridge, unread } from '../follow-bridges.ts';

/** What an idle, open bridge says, but for what is given. */
export function said(over: Partial<BridgeStats> = {}): BridgeStats {
  const { draining = false, able = true, bitsPerSecond = 0 } = over;
  return {
    ok: true,
    bitsPerSecond,
    rates: { received: 0, sent: bitsPerSecond, relayReceived: 0, relaySent: 0 },
    packets: undefined,
    packetsPerSecond: undefined,
    stress: 0,
    conferencesCreated: 0,
    localEndpoints: 0,
    conferences: 0,
    draining,
    able,
    operational: able && !draining,
    measuredAt: '2026-11-21 09:00:00.000',
    ...over,
  };
}

/** A bridge that says so. */
export function bridge(
  name: string,
  says: Partial<BridgeStats> = {},
  more: Partial<FollowedBridge> = {},
): FollowedBridge {
  const stats = said(says);
  const now = Date.now();
  return {
    ...unread({ name, rest: `http://127.0.0.1/${name}` }, false, 0),
    said: stats,
    held: { stats, readAt: now, ratesSince: now },
    ...more,
  };
}

/** With so many people at 2 Mbit/s each, in one conference if there are any. */
export function people(localEndpoints: number): Partial<BridgeStats> {
  return { localEndpoints, conferences: localEndpoints > 0 ? 1 : 0, bitsPerSecond: localEndpoints * 2e6 };
}

/** A bridge that does not answer. */
export function silent(name: string): FollowedBridge {
  return bridge(name, {}, { said: { ok: false, severity: 'soft', reason: 'no answer' }, held: undefined });
}
