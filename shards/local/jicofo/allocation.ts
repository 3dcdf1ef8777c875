import type { XmppSession } from '../../brewery/xmpp-session.ts';
import { type ModifyOutcome, type ModifyRequest, modifyConference } from './colibri2.ts';
import type { ConferenceContext } from './conference-context.ts';
import { selectBridge } from './select-bridge.ts';

/** A conference's endpoints on its one bridge. Without relays a conference has one bridge at a time. */
export class Allocation {
  readonly #room: string;
  readonly #meetingId: string;
  readonly #context: ConferenceContext;
  #bridgeJid: string | undefined;
  readonly #endpoints = new Set<string>();

  constructor(room: string, meetingId: string, context: ConferenceContext) {
    this.#room = room;
    this.#meetingId = meetingId;
    this.#context = context;
  }

  get bridgeJid(): string | undefined {
    return this.#bridgeJid;
  }

  /**
   * Brings the bridge to exactly `wanted`: moves the conference when its bridge is lost or about to exit,
   * chooses one when it has none. False when it has to be tried again. Rejects when the stream is gone.
   */
  async apply(session: XmppSession, wanted: readonly string[]): Promise<boolean> {
    const { bridges, log } = this.#context;
    if (this.#bridgeJid && !bridges.usable(this.#bridgeJid, Date.now())) {
      log.info({ room: this.#room, bridge: this.#bridgeJid }, 'conference leaves its bridge');
      this.#forget();
    }
    if (wanted.length === 0) {
      await this.release(session);
      return true;
    }
    if (!this.#bridgeJid) return this.#create(session, wanted);
    const add = wanted.filter((id) => !this.#endpoints.has(id));
    const expire = [...this.#endpoints].filter((id) => !wanted.includes(id));
    return add.length + expire.length === 0 || this.#send(session, this.#bridgeJid, { add, expire });
  }

  /** Ends the conference on its bridge, if it has one. */
  async release(session: XmppSession): Promise<void> {
    const bridgeJid = this.#bridgeJid;
    this.#forget();
    if (!bridgeJid) return;
    await modifyConference(session, bridgeJid, { meetingId: this.#meetingId, expireAll: true });
  }

  async #create(session: XmppSession, wanted: readonly string[]): Promise<boolean> {
    const { bridges, config, log } = this.#context;
    const choice = selectBridge(bridges.candidates(Date.now()), config);
    if (choice.jid === undefined) {
      log.warn({ room: this.#room, reason: choice.reason }, 'no bridge for a conference');
      return false;
    }
    log.info({ room: this.#room, bridge: choice.jid }, 'conference placed on a bridge');
    this.#bridgeJid = choice.jid;
    return this.#send(session, choice.jid, { createAs: this.#room, add: wanted });
  }

  async #send(
    session: XmppSession,
    bridgeJid: string,
    change: Omit<ModifyRequest, 'meetingId'>,
  ): Promise<boolean> {
    const { bridges } = this.#context;
    // Counted before the answer, so that a burst of new conferences spreads over the bridges.
    bridges.endpointsAdded(bridgeJid, change.add?.length ?? 0, Date.now());
    const outcome = await modifyConference(session, bridgeJid, { meetingId: this.#meetingId, ...change });
    if (outcome === 'done') {
      for (const id of change.add ?? []) this.#endpoints.add(id);
      for (const id of change.expire ?? []) this.#endpoints.delete(id);
      return true;
    }
    await this.#giveUp(session, bridgeJid, outcome);
    return false;
  }

  async #giveUp(
    session: XmppSession,
    bridgeJid: string,
    outcome: Exclude<ModifyOutcome, 'done'>,
  ): Promise<void> {
    const { bridges, log } = this.#context;
    log.warn({ room: this.#room, bridge: bridgeJid, outcome }, 'bridge refused a conference');
    switch (outcome) {
      case 'graceful-shutdown':
        bridges.refusedGracefully(bridgeJid);
        break;
      case 'failed':
        bridges.failed(bridgeJid, Date.now());
        break;
      case 'stale-conference':
        await this.release(session);
        break;
      case 'unknown-conference':
        break;
      default:
        outcome satisfies never;
    }
    this.#forget();
  }

  #forget(): void {
    this.#bridgeJid = undefined;
    this.#endpoints.clear();
  }
}
