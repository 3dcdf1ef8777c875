import { sleep } from '../../../common/time.ts';
import type { Participant } from '../../participants/participant.ts';
import type { FaultLog } from './fault-log.ts';
import type { Lives } from './lives.ts';
import { RoomBook, type Violation } from './room-book.ts';
import type { RoomEvent } from './room-events.ts';

/** How long a client may take to hear its own word; a session that takes longer is taken for dead. */
const echoMs = 5_000;
const lookEveryMs = 500;

/** Sees all rooms by what their clients say, and nothing by what the fleet says of itself. */
export class Witness {
  readonly violations: Violation[] = [];
  readonly #faults: FaultLog;
  readonly #books = new Map<string, RoomBook>();
  readonly #people = new Map<string, Participant>();
  readonly #doubted = new Map<string, Promise<void>>();
  readonly #onViolation: (violation: Violation) => void;
  readonly #unjudged: Violation[] = [];
  #words = 0;

  constructor(faults: FaultLog, onViolation: (violation: Violation) => void) {
    this.#faults = faults;
    this.#onViolation = onViolation;
  }

  /** Meetings held so far, over all rooms. */
  get meetings(): number {
    return [...this.#books.values()].reduce((sum, { meetings }) => sum + meetings, 0);
  }

  /** Follows a client from before it joins; `nameProxy` gives a proxy's name for its URL. */
  follow(room: string, person: Participant, nameProxy: (url: string) => string): void {
    const who = person.name;
    const join = () => {
      this.#people.set(`${room} ${who}`, person);
      const seat = { shard: person.shard ?? '', proxy: nameProxy(person.proxy), transport: person.transport };
      this.note(room, { at: Date.now(), who, what: 'joined', ...seat });
    };
    person.on('joined', join);
    person.on('rejoined', join);
    person.on('lost', ({ end }) => {
      if (end) this.note(room, { at: Date.now(), who, what: 'lost', by: end.by });
    });
    person.on('failed', (reason) => this.note(room, { at: Date.now(), who, what: 'gave up', reason }));
  }

  /** A client goes by its own will. Resolves when the room is no longer looked at, so that it may. */
  async letGo(room: string, who: string): Promise<void> {
    await this.#doubted.get(room);
    this.note(room, { at: Date.now(), who, what: 'left' });
    this.#people.delete(`${room} ${who}`);
  }

  note(room: string, event: RoomEvent): void {
    const book = this.#books.get(room) ?? new RoomBook(room, this.#faults);
    this.#books.set(room, book);
    this.#report(book.note(event));
    if (event.what === 'joined') this.#look(book);
  }

  /** Looks at all rooms again and again until `signal` aborts. */
  async watch(signal: AbortSignal): Promise<void> {
    while (await sleep(lookEveryMs, signal)) {
      for (const book of this.#books.values()) this.#look(book);
    }
    await Promise.all(this.#doubted.values());
  }

  /** Rooms with somebody in them since `ageMs` or longer, and the one shard they are on. */
  settledRooms(ageMs: number): Map<string, string> {
    const since = Date.now() - ageMs;
    const settled = new Map<string, string>();
    for (const { room, members } of this.#books.values()) {
      const present = [...members.values()].filter(({ lost }) => !lost);
      const [first] = present.filter(({ joinedAt }) => joinedAt <= since);
      if (first && present.every(({ shard }) => shard === first.shard)) settled.set(room, first.shard);
    }
    return settled;
  }

  /** What somebody else has found of a room. */
  accuse(kind: 'lost', room: string, what: string): void {
    this.#report(this.#books.get(room)?.violation(kind, Date.now(), what));
  }

  /** Judges those who came to another shard than one that was hit; `lives` must have looked since. */
  judgeMoves(lives: Lives): void {
    for (const { unlessDown, ...violation } of this.#unjudged.splice(0)) {
      if (unlessDown && lives.ended(unlessDown.shard, unlessDown.since, violation.at)) continue;
      this.#report(violation);
    }
  }

  #report(violation: Violation | undefined): void {
    if (!violation) return;
    if (violation.unlessDown) {
      this.#unjudged.push(violation);
      return;
    }
    this.violations.push(violation);
    this.#onViolation(violation);
  }

  #look(book: RoomBook): void {
    if (book.shards().size < 2 || this.#doubted.has(book.room)) return;
    const looking = this.#confirmSplit(book).finally(() => this.#doubted.delete(book.room));
    this.#doubted.set(book.room, looking);
  }

  /** Split only if clients on both shards are alive: one may not know yet that its session is gone. */
  async #confirmSplit(book: RoomBook): Promise<void> {
    const at = Date.now();
    const alive = await Promise.all(
      [...book.shards()].map(async ([shard, people]) => {
        const living = await Promise.all(people.map((who) => this.#hearsItself(book.room, who)));
        return living.includes(true) ? `${people.filter((_, i) => living[i]).join(', ')} on ${shard}` : [];
      }),
    );
    const sides = alive.flat();
    if (sides.length > 1) this.#report(book.violation('split', at, sides.join(' while ')));
  }

  async #hearsItself(room: string, who: string): Promise<boolean> {
    const person = this.#people.get(`${room} ${who}`);
    if (!person?.present) return false;
    this.#words += 1;
    const word = `${who} is here ${this.#words}`;
    // It may lose its session right now; that shows as silence.
    await person.say(word).catch(() => undefined);
    const end = Date.now() + echoMs;
    while (Date.now() < end && person.present) {
      if (person.heard.has(word)) return true;
      await sleep(50);
    }
    return false;
  }
}
