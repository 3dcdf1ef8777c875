import type { FaultLog, FaultRecord } from './fault-log.ts';
import type { RoomEvent, Sighting } from './room-events.ts';

/** What must never happen to a room. */
export type ViolationKind = 'split' | 'moved' | 'cut' | 'lost';

/** What did. */
export interface Violation {
  readonly kind: ViolationKind;
  readonly room: string;
  readonly at: number;
  readonly what: string;
  /** The events of the room's present meeting. */
  readonly events: readonly RoomEvent[];
  /** It is none if usher declared this shard, which was hit, dead between `since` and `at`. */
  readonly unlessDown?: { readonly shard: string; readonly since: number };
}

/** A client in the meeting; `lost` while its connection is gone and it tries to come back. */
export interface Member extends Sighting {
  readonly joinedAt: number;
  readonly lost: boolean;
}

/** So much of a meeting is remembered. */
const eventsKept = 200;

/** One room as its clients see it: who is in it and where, and what of that must not be. */
export class RoomBook {
  readonly room: string;
  readonly #faults: FaultLog;
  readonly #members = new Map<string, Member>();
  readonly #violated = new Set<ViolationKind>();
  #bound: { shard: string; since: number } | undefined;
  #events: RoomEvent[] = [];
  #meetings = 0;

  constructor(room: string, faults: FaultLog) {
    this.room = room;
    this.#faults = faults;
  }

  /** Meetings that were held so far. */
  get meetings(): number {
    return this.#meetings;
  }

  get members(): ReadonlyMap<string, Member> {
    return this.#members;
  }

  /** Members whose connection stands, by the shard they sit on. */
  shards(): Map<string, string[]> {
    const present = [...this.#members].filter(([, { lost }]) => !lost);
    const shards = new Map<string, string[]>();
    for (const [who, { shard }] of present) shards.set(shard, [...(shards.get(shard) ?? []), who]);
    return shards;
  }

  /** Takes an event; gives what it shows to be wrong, or may (`unlessDown`). */
  note(event: RoomEvent): Violation | undefined {
    // Nobody is in, and nobody tries to come back: the room may begin anew anywhere.
    if (event.what === 'joined' && this.#members.size === 0) this.#begin();
    this.#events = [...this.#events, event].slice(-eventsKept);
    const { who, at } = event;
    const before = this.#members.get(who);
    switch (event.what) {
      case 'joined':
        this.#members.set(who, { ...sightingOf(event), joinedAt: at, lost: false });
        return this.#judgeSeat(event.shard, who, at);
      case 'lost':
        if (!before) return undefined;
        this.#members.set(who, { ...before, lost: true });
        return this.#judgeLoss(before, event);
      case 'left':
        this.#members.delete(who);
        return undefined;
      case 'gave up':
        this.#members.delete(who);
        if (!before || this.#blames(before, at).some(({ blame }) => blame.shards?.includes(before.shard)))
          return undefined;
        return this.violation('cut', at, `${who} lost its meeting on ${before.shard} for good`);
      default:
        return event satisfies never;
    }
  }

  /** A violation of this room; undefined when one of its kind was found in this meeting already. */
  violation(kind: ViolationKind, at: number, what: string): Violation | undefined {
    if (this.#violated.has(kind)) return undefined;
    this.#violated.add(kind);
    return { kind, room: this.room, at, what, events: this.#events };
  }

  #begin(): void {
    this.#events = [];
    this.#bound = undefined;
    this.#violated.clear();
    this.#meetings += 1;
  }

  #judgeSeat(shard: string, who: string, at: number): Violation | undefined {
    const bound = this.#bound;
    if (bound?.shard === shard) return undefined;
    this.#bound = { shard, since: at };
    if (!bound) return undefined;
    const faults = this.#faults.during(bound.since, at);
    const what = `the meeting sat on ${bound.shard}, but ${who} came to ${shard}`;
    if (faults.some(({ blame }) => blame.shards?.includes(bound.shard)))
      return { kind: 'moved', room: this.room, at, what, events: this.#events, unlessDown: bound };
    return this.violation('moved', at, what);
  }

  #judgeLoss(member: Member, { who, at, by }: RoomEvent & { what: 'lost' }): Violation | undefined {
    if (this.#blames(member, at).length > 0) return undefined;
    const where = `${member.shard}, by ${member.proxy} (${member.transport})`;
    return this.violation('cut', at, `${who} lost its ${by} on ${where}, none of which was hit`);
  }

  /** Faults to which a member's loss at this time is owed. */
  #blames({ shard, proxy, transport }: Member, at: number): FaultRecord[] {
    return this.#faults.during(at, at).filter(({ blame }) => {
      const { shards = [], proxies = [], links = [] } = blame;
      // A BOSH session is bound to no proxy: its requests go by the other one since the last that failed.
      const viaAny = transport === 'bosh';
      return (
        shards.includes(shard) ||
        proxies.some((one) => viaAny || one === proxy) ||
        links.some((link) => link.shard === shard && (viaAny || link.proxy === proxy))
      );
    });
  }
}

function sightingOf({ shard, proxy, transport }: Sighting): Sighting {
  return { shard, proxy, transport };
}
