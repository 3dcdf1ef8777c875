import { counter, gauge, type Metric } from '../simulator/metrics.ts';
import type { JicofoHealth } from './health.ts';
import type { BridgeCandidate } from './select-bridge.ts';

/** Everything Jicofo tells about itself, at one moment. */
export interface JicofoSnapshot {
  health: JicofoHealth;
  bridges: readonly BridgeCandidate[];
  lostBridges: number;
  conferencesCreated: number;
  conferences: readonly { room: string; participants: number; bridgeJid: string | undefined }[];
}

/** The fields of `/stats`. */
export function jicofoStats(snapshot: JicofoSnapshot): object {
  const sizes = conferenceSizes(snapshot);
  return {
    conferences: sizes.length,
    participants: sizes.reduce((sum, size) => sum + size, 0),
    largest_conference: Math.max(0, ...sizes),
    total_conferences_created: snapshot.conferencesCreated,
    bridge_selector: {
      bridge_count: snapshot.bridges.length,
      operational_bridge_count: snapshot.bridges.filter(({ operational }) => operational).length,
      in_shutdown_bridge_count: snapshot.bridges.filter(({ gracefulShutdown }) => gracefulShutdown).length,
      lost_bridges: snapshot.lostBridges,
      bridge_version_count: new Set(snapshot.bridges.map(({ version }) => version)).size,
    },
    healthy: snapshot.health.status === 200,
  };
}

/** The values of `/metrics`. */
export function jicofoMetrics(snapshot: JicofoSnapshot): Metric[] {
  const sizes = conferenceSizes(snapshot);
  const participants = sizes.reduce((sum, size) => sum + size, 0);
  const operational = snapshot.bridges.filter((bridge) => bridge.operational).length;
  return [
    gauge('conferences', 'Conferences now.', sizes.length),
    gauge('participants_current', 'Participants now.', participants),
    gauge('largest_conference', 'Participants of the largest conference.', Math.max(0, ...sizes)),
    gauge('bridge_selector_bridge_count', 'Bridges now.', snapshot.bridges.length),
    gauge('bridge_selector_bridge_count_operational', 'Operational bridges now.', operational),
    gauge('healthy', 'Whether Jicofo is healthy.', Number(snapshot.health.status === 200)),
    counter('bridge_selector_lost_bridges', 'Bridges that left unexpectedly.', snapshot.lostBridges),
    counter('conferences_created', 'Conferences created.', snapshot.conferencesCreated),
  ];
}

/** Jicofo counts a requested conference without participants as one of size 1. */
function conferenceSizes(snapshot: JicofoSnapshot): number[] {
  return snapshot.conferences.map(({ participants }) => Math.max(1, participants));
}
