import type { BridgeWord } from './bridges-file.ts';
import type { FollowedBridge } from './follow-bridges.ts';

/**
 * What a bridge counts as. `open`: it takes conferences. `draining`: it could again. `told`: its operator has taken it
 * out. `unable`: it says again and again that it is unhealthy or about to end. `unknown`: nothing is decided by it.
 */
export type BridgeState = 'open' | 'draining' | 'told' | 'unable' | 'unknown';

/** So many reads of new figures in a row make sure: half a minute, by the defaults. */
export const readsToBeSure = 3;

/** What this bridge counts as. */
export function stateOf(bridge: FollowedBridge, word: BridgeWord | undefined): BridgeState {
  if (word !== undefined && word !== 'open') return 'told';
  if (!bridge.said.ok) return 'unknown';
  if (bridge.unableReads >= readsToBeSure) return 'unable';
  if (!bridge.said.able) return 'unknown';
  return bridge.said.draining ? 'draining' : 'open';
}

/** The same in words, with what it carries. */
export function describeBridge(bridge: FollowedBridge, word: BridgeWord | undefined): string {
  const { said } = bridge;
  if (!said.ok) return `cannot be read: ${said.reason}`;
  const words = [
    said.draining ? 'drains' : 'open',
    ...(said.able ? [] : ['unhealthy or about to end']),
    ...(word === undefined ? [] : [`its operator wants it ${word}`]),
    `${said.conferences ?? 'unknown'} conferences, ${said.localEndpoints ?? 'unknown'} endpoints`,
    ...(bridge.emptyReads > 0 ? [`found empty ${bridge.emptyReads} times in a row`] : []),
  ];
  return words.join('; ');
}
