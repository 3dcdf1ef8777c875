import type { Logger } from '../../../common/log.ts';
import { loop } from '../../../common/loop.ts';
import { joinRoom, parseMucPresence } from '../../brewery/muc.ts';
import { keepSession, type XmppSession } from '../../brewery/xmpp-session.ts';
import { BridgeTable } from './bridge-table.ts';
import { Conference, focusNick } from './conference.ts';
import type { ConferenceContext } from './conference-context.ts';
import type { JicofoConfig } from './config.ts';
import { decideHealth, type JicofoHealth } from './health.ts';
import type { JicofoSnapshot } from './stats.ts';

/** After so long without XMPP Jicofo forgets the bridges (its reply-timeout), and its health turns hard. */
const forgetBridgesAfterMs = 15_000;
const recheckEveryMs = 5_000;

/** One simulated Jicofo: the brewery's bridges and the conferences on them. */
export class Jicofo {
  readonly #config: JicofoConfig;
  readonly #log: Logger;
  readonly #context: ConferenceContext;
  readonly #bridges = new BridgeTable();
  readonly #conferences = new Map<string, Conference>();
  #session: XmppSession | undefined;
  #created = 0;

  constructor(config: JicofoConfig, log: Logger) {
    this.#config = config;
    this.#log = log;
    this.#context = {
      config,
      log,
      bridges: this.#bridges,
      session: () => this.#session,
      ended: (room) => this.#conferences.delete(room),
    };
  }

  /** Keeps the XMPP session and the conferences until `signal` aborts. Never rejects. */
  async run(signal: AbortSignal): Promise<void> {
    await Promise.all([
      keepSession(this.#config.xmpp, (session) => this.#serve(session), signal, this.#log),
      // A bridge that goes silent sends nothing that would wake its conferences.
      loop('conferences', recheckEveryMs, signal, this.#log, async () => this.#wakeAll()),
    ]);
  }

  /** Makes sure Jicofo is in the room. Rejects when it has no XMPP session or the room refuses it. */
  async request(room: string): Promise<void> {
    const session = this.#session;
    if (!session) throw new Error('not connected to XMPP');
    let conference = this.#conferences.get(room);
    if (!conference) {
      conference = new Conference(room, this.#context);
      this.#conferences.set(room, conference);
      this.#created += 1;
    }
    await conference.join(session);
  }

  health(): JicofoHealth {
    const bridges = this.#bridges.candidates(Date.now());
    return decideHealth({
      version: this.#config.version,
      xmppConnected: this.#session !== undefined,
      totalBridges: bridges.length,
      operationalBridges: bridges.filter((bridge) => bridge.operational && !bridge.gracefulShutdown).length,
    });
  }

  snapshot(): JicofoSnapshot {
    return {
      health: this.health(),
      bridges: this.#bridges.candidates(Date.now()),
      lostBridges: this.#bridges.lost,
      conferencesCreated: this.#created,
      conferences: [...this.#conferences].map(([room, { participants, bridgeJid }]) => ({
        room,
        participants,
        bridgeJid,
      })),
    };
  }

  async #serve(session: XmppSession): Promise<void> {
    this.#bridges.clear();
    session.onStanza((stanza) => {
      const presence = parseMucPresence(stanza);
      if (!presence) return;
      if (presence.room !== this.#config.xmpp.breweryJid)
        this.#conferences.get(presence.room)?.hear(presence);
      else if (this.#bridges.hear(presence, Date.now())) this.#wakeAll();
    });
    session.closed.addEventListener('abort', () => this.#disconnected());
    await joinRoom(session, this.#config.xmpp.breweryJid, focusNick);
    this.#session = session;
    this.#log.info({ conferences: this.#conferences.size }, 'joined the brewery');
    // A room that refuses us is tried again when it is requested; it must not cost the others the session.
    await Promise.allSettled([...this.#conferences.values()].map((conference) => conference.join(session)));
    this.#wakeAll();
  }

  #disconnected(): void {
    this.#session = undefined;
    for (const conference of this.#conferences.values()) conference.disconnected();
    const timer = setTimeout(() => {
      if (!this.#session) this.#bridges.clear();
    }, forgetBridgesAfterMs);
    timer.unref();
  }

  #wakeAll(): void {
    for (const conference of this.#conferences.values()) conference.wake();
  }
}
