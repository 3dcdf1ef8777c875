import { type Client, type Element, xml } from '@xmpp/client';
import { untilAborted } from '../../common/until-aborted.ts';
import { parseMucPresence, roomPresence } from '../../shards/brewery/muc.ts';

/** A group message as it arrives, one's own included. */
export interface GroupMessage {
  readonly nick: string;
  readonly body: string;
}

/** A MUC as one occupant sees it, from joining to leaving. */
export class MucRoom {
  readonly #connection: Client;
  readonly #jid: string;
  readonly #nick: string;
  readonly #occupants = new Set<string>();
  readonly #joined = Promise.withResolvers<void>();
  readonly #onMessage: (message: GroupMessage) => void;

  constructor(connection: Client, jid: string, nick: string, onMessage: (message: GroupMessage) => void) {
    this.#connection = connection;
    this.#jid = jid;
    this.#nick = nick;
    this.#onMessage = onMessage;
    // Whoever waits is told by `join`; this keeps a refusal after it gave up from being unhandled.
    this.#joined.promise.catch(() => undefined);
  }

  /** Nicks of all occupants, our own and Jicofo's (`focus`) included. */
  get occupants(): ReadonlySet<string> {
    return this.#occupants;
  }

  /**
   * Resolves when the server has sent our own presence, after those of all others.
   * @throws Error when the room refuses us or `signal` aborts.
   */
  async join(signal: AbortSignal): Promise<void> {
    this.#connection.on('stanza', (stanza: Element) => this.#receive(stanza));
    const occupant = `${this.#jid}/${this.#nick}`;
    await this.#connection.send(roomPresence(occupant, true));
    await untilAborted(this.#joined.promise, signal, `no answer to joining ${occupant}`);
  }

  /** Sends a message to all. */
  async say(body: string): Promise<void> {
    await this.#connection.send(xml('message', { to: this.#jid, type: 'groupchat' }, xml('body', {}, body)));
  }

  /** Tells the room that we go. */
  async leave(): Promise<void> {
    await this.#connection.send(xml('presence', { to: `${this.#jid}/${this.#nick}`, type: 'unavailable' }));
  }

  #receive(stanza: Element): void {
    if (stanza.is('message')) this.#receiveMessage(stanza);
    const presence = parseMucPresence(stanza);
    if (presence?.room !== this.#jid) return;
    if (presence.kind === 'error') {
      this.#joined.reject(new Error(`${this.#jid} refused us: ${stanza.toString()}`));
    } else if (presence.kind === 'unavailable') {
      this.#occupants.delete(presence.nick);
    } else {
      this.#occupants.add(presence.nick);
      if (presence.self) this.#joined.resolve();
    }
  }

  #receiveMessage(stanza: Element): void {
    const [room, nick] = (stanza.attrs.from ?? '').split('/');
    const body = stanza.getChild('body')?.getText();
    if (room !== this.#jid || nick === undefined || body === undefined) return;
    this.#onMessage({ nick, body });
  }
}
