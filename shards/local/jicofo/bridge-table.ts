import { type BridgePresence, foldBridgePresence } from '../../brewery/bridge-presence.ts';
import type { MucPresence } from '../../brewery/muc.ts';
import type { BridgeCandidate } from './select-bridge.ts';

/** Without presence for this long a bridge is not operational (Jicofo's presence-timeout). */
const presenceTimeoutMs = 45_000;
/** A bridge that failed a request is not tried again before this (failure-reset-threshold). */
const failureResetMs = 60_000;
/** So long a new endpoint is counted on top of the reported stress (participant-rampup-interval). */
const rampUpMs = 20_000;
/** Assumed when a bridge does not say (average-participant-stress). */
const defaultParticipantStress = 0.01;

interface KnownBridge {
  presence: BridgePresence;
  failedMs?: number;
  recentEndpointsMs: number[];
}

/** The bridges Jicofo sees in the brewery, by occupant JID. */
export class BridgeTable {
  readonly #bridges = new Map<string, KnownBridge>();
  #lost = 0;

  /** Takes a brewery presence in; true when a conference may have to react: one added, lost or shutting down. */
  hear(presence: MucPresence, nowMs: number): boolean {
    const known = this.#bridges.get(presence.from);
    if (presence.kind !== 'available') return this.remove(presence.from);
    const update = foldBridgePresence(known?.presence, presence, nowMs);
    if (!update) return false;
    this.#bridges.set(presence.from, { recentEndpointsMs: [], ...known, presence: update });
    return known === undefined || update.shuttingDown !== known.presence.shuttingDown;
  }

  /** True when the bridge was known. */
  remove(jid: string): boolean {
    const known = this.#bridges.get(jid);
    if (known && !known.presence.gracefulShutdown && !known.presence.shuttingDown) this.#lost += 1;
    return this.#bridges.delete(jid);
  }

  clear(): void {
    for (const jid of [...this.#bridges.keys()]) this.remove(jid);
  }

  /** A request to the bridge failed. */
  failed(jid: string, nowMs: number): void {
    const known = this.#bridges.get(jid);
    if (known) known.failedMs = nowMs;
  }

  /** The bridge refused a conference because it shuts down; its next presence would have said so. */
  refusedGracefully(jid: string): void {
    const known = this.#bridges.get(jid);
    if (known) known.presence = { ...known.presence, gracefulShutdown: true };
  }

  endpointsAdded(jid: string, count: number, nowMs: number): void {
    this.#bridges.get(jid)?.recentEndpointsMs.push(...Array.from({ length: count }, () => nowMs));
  }

  candidates(nowMs: number): BridgeCandidate[] {
    return [...this.#bridges.values()].map((known) => candidate(known, nowMs));
  }

  /** Whether a conference may stay on this bridge: draining or graceful shutdown do not move it. */
  usable(jid: string, nowMs: number): boolean {
    const known = this.#bridges.get(jid);
    if (!known) return false;
    const { operational, shuttingDown } = candidate(known, nowMs);
    return operational && !shuttingDown;
  }

  /** Bridges that left without having said that they shut down. */
  get lost(): number {
    return this.#lost;
  }
}

function candidate(known: KnownBridge, nowMs: number): BridgeCandidate {
  const { presence, failedMs } = known;
  known.recentEndpointsMs = known.recentEndpointsMs.filter((addedMs) => nowMs - addedMs < rampUpMs);
  const failing = failedMs !== undefined && nowMs - failedMs < failureResetMs;
  const added =
    known.recentEndpointsMs.length * (presence.averageParticipantStress ?? defaultParticipantStress);
  return {
    jid: presence.occupantJid,
    operational: presence.healthy !== false && !failing && nowMs - presence.lastSeenMs < presenceTimeoutMs,
    shuttingDown: presence.shuttingDown === true,
    gracefulShutdown: presence.gracefulShutdown === true,
    // Jicofo takes a bridge that has not said so yet for a draining one.
    draining: presence.draining !== false,
    version: presence.version,
    region: presence.region,
    stress: (presence.stress ?? 0) + added,
  };
}
