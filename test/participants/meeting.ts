import { sleep } from '../../common/time.ts';
import type { MeetingRecord } from './oracle.ts';
import { Participant } from './participant.ts';
import { type RoomAddress, roomLabel } from './room-address.ts';
import { askRoutes, type RouteSighting } from './route.ts';
import type { Seat } from './seat.ts';

/** How often a message that somebody did not get is said again, and how long each time may take. */
const rounds = 3;
const roundMs = 4_000;

/** A meeting to hold. */
export interface MeetingOptions {
  readonly room: RoomAddress;
  /** Number of participants, at least 2. */
  readonly size: number;
  /** `http://host:port` of the proxies; the participants spread over them. */
  readonly proxies: readonly string[];
}

/** What the participants of a meeting say of each other. */
export interface MeetingCheck {
  readonly room: string;
  /** Shard by participant, of those that are in the meeting. */
  readonly shards: Readonly<Record<string, string>>;
  readonly absent: readonly string[];
  /** `from -> to` of messages that did not arrive. */
  readonly unheard: readonly string[];
  readonly routes: readonly RouteSighting[];
}

/** A room with its participants, who come over all proxies and both transports. */
export class Meeting {
  readonly room: RoomAddress;
  readonly participants: readonly Participant[];
  readonly #proxies: readonly string[];
  readonly #guests: Participant[] = [];
  readonly #routes: RouteSighting[] = [];
  #saying = 0;

  constructor({ room, size, proxies }: MeetingOptions) {
    this.room = room;
    this.#proxies = proxies;
    this.participants = Array.from({ length: size }, (_, index) => this.#person(`p${index + 1}`, index));
  }

  /** Where the first participant sits; undefined before anybody joined. */
  get shard(): string | undefined {
    return this.participants[0]?.shard;
  }

  /** All that its participants have seen so far, for the oracle. */
  get record(): MeetingRecord {
    const seats = [...this.participants, ...this.#guests].flatMap((one) => one.seats);
    return { room: roomLabel(this.room), seats, routes: this.#routes };
  }

  /** Page reloads because the web's and the XMPP server's shard differed. */
  get mismatches(): number {
    return [...this.participants, ...this.#guests].reduce((sum, one) => sum + one.mismatches, 0);
  }

  /**
   * Half of the participants, at least two, join at the same moment over different proxies: the hardest case.
   * The others follow when the meeting is under way.
   * @throws Error of the first who can't get in.
   */
  async join(signal: AbortSignal): Promise<void> {
    const early = Math.max(2, Math.ceil(this.participants.length / 2));
    await Promise.all(this.participants.slice(0, early).map((one) => one.join('first', signal)));
    await Promise.all(this.participants.slice(early).map((one) => one.join('warm', signal)));
  }

  /** Everybody says something that everybody else has to hear, and each proxy is asked for the room. */
  async check(signal: AbortSignal): Promise<MeetingCheck> {
    const unheard = await this.#talk(this.participants, signal);
    const routes = await askRoutes(this.room, this.#proxies, signal);
    this.#routes.push(...routes);
    const present = this.participants.filter((one) => one.present);
    return {
      room: roomLabel(this.room),
      shards: Object.fromEntries(present.map((one) => [one.name, one.shard ?? ''])),
      absent: this.participants.filter((one) => !one.present).map((one) => one.name),
      unheard,
      routes,
    };
  }

  /** Somebody comes late, talks with all who are there and leaves. Gives the seat and who did not hear whom. */
  async visit(signal: AbortSignal): Promise<{ seat: Seat; unheard: readonly string[] }> {
    const guest = this.#person(`g${this.#guests.length + 1}`, this.#guests.length);
    this.#guests.push(guest);
    const seat = await guest.join('warm', signal);
    const unheard = await this.#talk([...this.participants, guest], signal);
    await guest.leave();
    return { seat, unheard };
  }

  /** Everybody leaves. */
  async end(): Promise<void> {
    await Promise.all([...this.participants, ...this.#guests].map((one) => one.leave()));
  }

  async #talk(people: readonly Participant[], signal: AbortSignal): Promise<string[]> {
    this.#saying += 1;
    const texts = people.map((one) => `${one.name} says ${this.#saying}`);
    const missing = () =>
      people.flatMap((from, index) =>
        people
          .filter((to) => !to.heard.has(texts[index] ?? ''))
          .map((to) => ({ from, to, text: texts[index] ?? '' })),
      );
    for (let round = 0; round < rounds && missing().length > 0 && !signal.aborted; round += 1) {
      const again = new Map(missing().map(({ from, text }) => [from, text]));
      // Whoever is out of the meeting can't say anything; that shows as unheard.
      await Promise.allSettled([...again].map(([from, text]) => from.say(text)));
      const end = Date.now() + roundMs;
      while (missing().length > 0 && Date.now() < end && (await sleep(20, signal)));
    }
    return missing().map(({ from, to }) => `${from.name} -> ${to.name}`);
  }

  #person(name: string, index: number): Participant {
    // The first two differ in proxy and transport, and all four combinations occur among four.
    const first = Math.floor((index + 1) / 2) % this.#proxies.length;
    const proxies = [...this.#proxies.slice(first), ...this.#proxies.slice(0, first)];
    return new Participant({
      name,
      room: this.room,
      transport: index % 2 === 0 ? 'websocket' : 'bosh',
      proxies,
    });
  }
}
