import { EventEmitter } from 'node:events';
import { messageOf } from '../../common/errors.ts';
import { backoffMs, sleep } from '../../common/time.ts';
import { BadStatus, NotNow } from './http.ts';
import { ProxyChoice } from './proxy-choice.ts';
import { type RoomAddress, roomLabel } from './room-address.ts';
import type { Seat, SeatEnd } from './seat.ts';
import { openSession, type Session, ShardMismatch } from './session.ts';
import type { Transport } from './xmpp-login.ts';

/** How long a person keeps trying to get in, in milliseconds. */
const joinWithinMs = 30_000;

/** A BOSH session that ends within this time after a failed connection ended because of it, in milliseconds. */
const recoveryMs = 30_000;

/** Who joins what, and how. */
export interface ParticipantOptions {
  readonly name: string;
  readonly room: RoomAddress;
  readonly transport: Transport;
  /** `http://host:port` of all proxies, its own first. */
  readonly proxies: readonly string[];
}

/** What a participant tells of itself. */
export interface ParticipantEvents {
  joined: [Seat];
  /** The connection was lost while joined. */
  lost: [Seat];
  rejoined: [Seat];
  /** It did not get in again. */
  failed: [string];
}

/** A person with a browser in a meeting: real HTTP and XMPP, rejoining by itself when the connection is lost. */
export class Participant extends EventEmitter<ParticipantEvents> {
  readonly name: string;
  readonly transport: Transport;
  /** All stays so far, the present one last. */
  readonly seats: Seat[] = [];
  /** Bodies of the messages received during the present stay. */
  readonly heard = new Set<string>();
  /** Page reloads because the web's and the XMPP server's shard differed. */
  mismatches = 0;
  readonly #options: ParticipantOptions;
  readonly #choice: ProxyChoice;
  readonly #stopped = new AbortController();
  #session: Session | undefined;
  #rejoining: Promise<void> = Promise.resolve();

  constructor(options: ParticipantOptions) {
    super();
    this.name = options.name;
    this.transport = options.transport;
    this.#options = options;
    this.#choice = new ProxyChoice(options.proxies);
  }

  /** In the meeting at this moment. */
  get present(): boolean {
    return this.#session !== undefined && !this.#session.closed.aborted;
  }

  /** The shard of the present or last stay. */
  get shard(): string | undefined {
    return this.seats.at(-1)?.shard;
  }

  /** The proxy it goes through at this moment. */
  get proxy(): string {
    return this.#choice.current;
  }

  /** Nick of the present stay. */
  get nick(): string | undefined {
    return this.present ? this.#session?.nick : undefined;
  }

  /** Nicks that it sees in the room, its own and Jicofo's included. */
  get occupants(): ReadonlySet<string> {
    return this.#session?.muc.occupants ?? new Set();
  }

  /**
   * Gets in, trying for up to 30 s: a refusal (503) is repeated after its Retry-After, a failed connection
   * over the next proxy, a shard mismatch at once.
   * @throws Error with the last reason.
   */
  async join(kind: 'first' | 'warm', signal: AbortSignal): Promise<Seat> {
    const seat = await this.#enter(kind, AbortSignal.any([signal, this.#stopped.signal]));
    this.emit('joined', seat);
    return seat;
  }

  /** Sends a group message. @throws Error when it is not in the meeting. */
  async say(body: string): Promise<void> {
    if (!this.#session || !this.present) throw new Error(`${this.name} is not in its meeting`);
    await this.#session.muc.say(body);
  }

  /** Leaves for good. */
  async leave(): Promise<void> {
    this.#stopped.abort();
    const session = this.#session;
    if (session && !session.closed.aborted) {
      this.#endSeat('left');
      await session.end();
    }
    await this.#rejoining;
  }

  async #enter(kind: Seat['kind'], signal: AbortSignal): Promise<Seat> {
    const firstAt = performance.now();
    const bound = AbortSignal.any([signal, AbortSignal.timeout(joinWithinMs)]);
    for (let attempt = 0; ; attempt += 1) {
      const startedAt = Date.now();
      const proxy = this.#choice.current;
      try {
        this.heard.clear();
        const session = await this.#open(bound);
        const joinMs = performance.now() - firstAt;
        return this.#sit(session, { kind, startedAt, joinMs });
      } catch (error) {
        if (error instanceof ShardMismatch) this.mismatches += 1;
        else if (!(error instanceof NotNow || error instanceof BadStatus)) this.#choice.avoid(proxy);
        const pause = error instanceof NotNow ? error.retryAfterMs : 100 + backoffMs(attempt, 200, 2_000);
        if (!(await sleep(pause, bound)) || bound.aborted) {
          const room = roomLabel(this.#options.room);
          throw new Error(`${this.name} can't join ${room}: ${messageOf(error)}`, { cause: error });
        }
      }
    }
  }

  #open(signal: AbortSignal): Promise<Session> {
    const { room, transport } = this.#options;
    return openSession(
      { room, transport, choice: this.#choice, onMessage: ({ body }) => this.heard.add(body) },
      signal,
    );
  }

  #sit(session: Session, join: Pick<Seat, 'kind' | 'startedAt' | 'joinMs'>): Seat {
    const { shard, firstRequestMs } = session;
    const seat = { participant: this.name, shard, joinedAt: Date.now(), firstRequestMs, ...join };
    this.seats.push(seat);
    this.#session = session;
    // Later than here: whoever joins hears of the seat first, even when its connection is lost at once.
    setImmediate(() => this.#watch(session));
    return seat;
  }

  #watch(session: Session): void {
    if (session.closed.aborted) this.#onClosed();
    else session.closed.addEventListener('abort', () => this.#onClosed(), { once: true });
  }

  #onClosed(): void {
    if (this.#stopped.signal.aborted) return;
    this.emit('lost', this.#endSeat(this.#howLost()));
    this.#rejoining = this.#rejoin();
  }

  #howLost(): SeatEnd['by'] {
    // A websocket is its connection. A BOSH session outlives connections, unless it can't be taken up by another.
    const connectionFailed = Date.now() - this.#choice.failedAt < recoveryMs;
    return this.transport === 'websocket' || connectionFailed ? 'connection' : 'session';
  }

  async #rejoin(): Promise<void> {
    try {
      this.emit('rejoined', await this.#enter('rejoin', this.#stopped.signal));
    } catch (error) {
      if (!this.#stopped.signal.aborted) this.emit('failed', messageOf(error));
    }
  }

  #endSeat(by: SeatEnd['by']): Seat {
    const last = this.seats.pop();
    if (!last) throw new Error(`${this.name} has no seat to end`);
    const at = by === 'left' ? Date.now() : (this.#choice.unheardSince ?? Date.now());
    this.#choice.noteHeard(true);
    const seat: Seat = { ...last, end: { at, by } };
    this.seats.push(seat);
    return seat;
  }
}
