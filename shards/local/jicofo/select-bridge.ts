/** A bridge as bridge selection sees it. */
export interface BridgeCandidate {
  /** Its occupant JID in the brewery. */
  jid: string;
  operational: boolean;
  shuttingDown: boolean;
  gracefulShutdown: boolean;
  draining: boolean;
  version?: string | undefined;
  region?: string | undefined;
  /** Reported stress, plus what endpoints added since will make. */
  stress: number;
}

/** The bridge for a conference that has none, or why there is none. */
export type BridgeChoice = { jid: string } | { jid: undefined; reason: string };

/**
 * Chooses as Jicofo's single-bridge strategy: operational and not shutting down are required; not draining
 * and not in graceful shutdown are preferred; then the own region; then the least stress.
 */
export function selectBridge(
  bridges: readonly BridgeCandidate[],
  wanted: { region?: string | undefined },
): BridgeChoice {
  const operational = bridges.filter((bridge) => bridge.operational);
  if (operational.length === 0) return { jid: undefined, reason: 'there are no operational bridges' };
  const staying = operational.filter((bridge) => !bridge.shuttingDown);
  if (staying.length === 0) return { jid: undefined, reason: 'all operational bridges are shutting down' };
  const active = preferring(staying, (bridge) => !bridge.draining);
  const running = preferring(active, (bridge) => !bridge.gracefulShutdown);
  const near = preferring(
    running,
    (bridge) => bridge.region !== undefined && bridge.region === wanted.region,
  );
  const [first, ...others] = near;
  if (!first) return { jid: undefined, reason: 'there are no bridges' };
  return {
    jid: others.reduce((least, bridge) => (bridge.stress < least.stress ? bridge : least), first).jid,
  };
}

/** Those that pass, or all when none does. */
function preferring(
  bridges: readonly BridgeCandidate[],
  passes: (bridge: BridgeCandidate) => boolean,
): readonly BridgeCandidate[] {
  const passing = bridges.filter(passes);
  return passing.length > 0 ? passing : bridges;
}
