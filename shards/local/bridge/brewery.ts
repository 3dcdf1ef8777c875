import { type Element, xml } from '@xmpp/client';
import type { Logger } from '../../../common/log.ts';
import { colibriNamespace } from '../../brewery/bridge-presence.ts';
import { joinRoom, leaveRoom, parseMucPresence, roomPresence } from '../../brewery/muc.ts';
import { keepSession, type XmppSession } from '../../brewery/xmpp-session.ts';
import type { Bridge } from './bridge.ts';
import { colibri2Namespace, parseConferenceModify, renderError, renderModifyAnswer } from './colibri2.ts';
import type { BridgeConfig } from './config.ts';
import { bridgeStats } from './stats.ts';

/** A bridge's place in the brewery. */
export interface BreweryMember {
  /** Sends the stats as presence now; nothing while there is no session. */
  announce(): Promise<void>;
  /** Leaves the room, as a JVB that ends does. */
  leave(): Promise<void>;
  /** Resolves when the membership ended after its signal. */
  readonly done: Promise<void>;
}

/** Keeps the bridge in its brewery and answers Jicofo's conference-modify IQs until `signal` aborts. */
export function joinBrewery(
  bridge: Bridge,
  config: BridgeConfig,
  signal: AbortSignal,
  log: Logger,
): BreweryMember {
  const { breweryJid } = config.xmpp;
  const occupant = `${breweryJid}/${config.name}`;
  let current: XmppSession | undefined;

  async function serve(session: XmppSession): Promise<void> {
    session.onQuery(colibri2Namespace, 'conference-modify', (payload, from) => {
      const request = parseConferenceModify(payload);
      return request ? renderModifyAnswer(bridge.modify(request, from)) : renderError('bad-request');
    });
    session.onStanza((stanza) => {
      const presence = parseMucPresence(stanza);
      if (presence?.room === breweryJid && presence.kind === 'unavailable') bridge.orphan(presence.from);
    });
    session.closed.addEventListener('abort', () => {
      current = undefined;
      bridge.xmppConnected = false;
      bridge.orphan();
    });
    await joinRoom(session, breweryJid, config.name, [statsExtension(bridge)]);
    current = session;
    bridge.xmppConnected = true;
    log.info({ occupant }, 'joined the brewery');
  }

  return {
    announce: async () => current?.send(roomPresence(occupant, false, [statsExtension(bridge)])),
    leave: async () => (current ? leaveRoom(current, breweryJid, config.name) : undefined),
    done: keepSession(config.xmpp, serve, signal, log),
  };
}

function statsExtension(bridge: Bridge): Element {
  const stats = Object.entries(bridgeStats(bridge.snapshot()));
  return xml(
    'stats',
    { xmlns: colibriNamespace },
    ...stats.map(([name, value]) => xml('stat', { name, value: String(value) })),
  );
}
