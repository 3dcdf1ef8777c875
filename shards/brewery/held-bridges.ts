import type { BridgePresence } from './bridge-presence.ts';

/**
 * A Prosody that stops closes its sessions one by one (measured, 0.12.3): those still open hear all others
 * leave, and lose their own stream within a second. So a departure counts only when it has outlived that.
 */
const settleMs = 2_000;

/**
 * The bridges still worth listing. Outside the brewery (`joinedMs` undefined) all are held. Inside it, a
 * bridge is forgotten only `forgetAfterMs` after it left, or after we joined without meeting it again.
 */
export function heldBridges(
  bridges: readonly BridgePresence[],
  view: { joinedMs: number | undefined; nowMs: number; forgetAfterMs: number },
): BridgePresence[] {
  const { joinedMs, nowMs, forgetAfterMs } = view;
  const believed = bridges.map((bridge) =>
    bridge.leftMs !== undefined && nowMs - bridge.leftMs < settleMs
      ? { ...bridge, leftMs: undefined }
      : bridge,
  );
  if (joinedMs === undefined) return believed;
  return believed.filter((bridge) => {
    const met = bridge.leftMs === undefined && bridge.lastSeenMs >= joinedMs;
    return met || nowMs - Math.max(bridge.leftMs ?? 0, joinedMs) < forgetAfterMs;
  });
}
