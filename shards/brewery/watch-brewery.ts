import { randomUUID } from 'node:crypto';
import type { Logger } from '../../common/log.ts';
import { type BridgePresence, foldBridgePresence } from './bridge-presence.ts';
import { heldBridges } from './held-bridges.ts';
import { joinRoom, type MucPresence, parseMucPresence } from './muc.ts';
import { keepSession, type XmppAccount, type XmppSession } from './xmpp-session.ts';

/** Bridges speak every 5 s and come back from a lost server within 5 s of back-off: three times both. */
const defaultForgetAfterMs = 30_000;

/** Which brewery, and who is told of its bridges. */
export interface WatchBreweryOptions {
  account: XmppAccount;
  /** `jvbbrewery@internal-muc.<domain>` */
  breweryJid: string;
  log: Logger;
  /** How long a bridge that left, or was not met again after a reconnect, is still listed. Milliseconds. */
  forgetAfterMs?: number;
  /** Called with every presence of a bridge; read what to believe of it from `bridges()`. */
  onPresence?: (bridge: BridgePresence) => void;
}

/** The bridges of one shard, as the brewery tells. */
export interface BreweryWatch {
  /** True while we are in the brewery. When false the bridges below are the last known ones, held. */
  readonly connected: boolean;
  /** By bridge name. Look at `leftMs` and `lastSeenMs`: a bridge is never dropped for missing data. */
  bridges(): ReadonlyMap<string, BridgePresence>;
  /** Resolves when the watch has stopped after its signal. */
  readonly done: Promise<void>;
}

/** Joins a shard's brewery and follows it until `signal` aborts, reconnecting with a back-off. Never throws. */
export function watchBrewery(options: WatchBreweryOptions, signal: AbortSignal): BreweryWatch {
  const bridges = new Map<string, BridgePresence>();
  let joinedMs: number | undefined;

  function hear(presence: MucPresence): void {
    const previous = bridges.get(presence.nick);
    if (presence.kind === 'available') {
      const bridge = foldBridgePresence(previous, presence, Date.now());
      if (bridge) keep(bridge);
    } else if (previous && presence.kind === 'unavailable') {
      keep({ ...previous, leftMs: Date.now() });
    }
  }

  function keep(bridge: BridgePresence): void {
    bridges.set(bridge.name, bridge);
    options.onPresence?.(bridge);
  }

  function held(): BridgePresence[] {
    const forgetAfterMs = options.forgetAfterMs ?? defaultForgetAfterMs;
    return heldBridges([...bridges.values()], { joinedMs, nowMs: Date.now(), forgetAfterMs });
  }

  function disconnected(): void {
    // From here on all that is known is held: what was forgotten until now must not come back.
    const last = held();
    joinedMs = undefined;
    bridges.clear();
    for (const bridge of last) bridges.set(bridge.name, bridge);
  }

  async function serve(session: XmppSession): Promise<void> {
    session.onStanza((stanza) => {
      const presence = parseMucPresence(stanza);
      if (presence?.room === options.breweryJid) hear(presence);
    });
    session.closed.addEventListener('abort', disconnected);
    // Taken before the join: whoever is met in its burst of presences counts as met since.
    const joiningMs = Date.now();
    await joinRoom(session, options.breweryJid, `usher-${randomUUID().slice(0, 8)}`);
    joinedMs = joiningMs;
  }

  return {
    get connected() {
      return joinedMs !== undefined;
    },
    bridges: () => new Map(held().map((bridge) => [bridge.name, bridge])),
    done: keepSession(options.account, serve, signal, options.log),
  };
}
