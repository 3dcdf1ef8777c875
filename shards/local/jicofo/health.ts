/** What `/about/health` answers: 200, 503 (soft: probably passing) or 500 (hard). */
export interface JicofoHealth {
  status: 200 | 503 | 500;
  message: string;
}

/** In Jicofo's order, but for a version that is made to be broken: no operational bridge is hard; XMPP that does not answer is soft. */
export function decideHealth(state: {
  version: string;
  xmppConnected: boolean;
  totalBridges: number;
  /** Operational and not in graceful shutdown. */
  operationalBridges: number;
}): JicofoHealth {
  if (state.version.endsWith('-broken'))
    return { status: 500, message: `version ${state.version} is broken` };
  if (state.operationalBridges === 0) {
    const message = `No operational bridges available (total bridge count: ${state.totalBridges})`;
    return { status: 500, message };
  }
  if (!state.xmppConnected) return { status: 503, message: 'XMPP ping failed: not connected' };
  return { status: 200, message: 'OK' };
}
