import { type Random, seededRandom } from '../../../common/random.ts';
import { exponential } from './distributions.ts';
import { meetingsOf } from './meetings.ts';
import type { LiveMeeting } from './simulated-bridge.ts';
import type { Trace } from './trace.ts';

/** Who is there first opens the meeting; the others come within minutes, so many on average. */
const meanJoinMinutes = 3;
/** The latest comes so many minutes after the first. */
const longestJoinMinutes = 31;
/** Longer than any meeting, in minutes. */
const longestMeeting = 24 * 60;

/** The people of a trace: who comes and what ends, minute by minute. The same for every policy. */
export class Crowd {
  readonly #trace: Trace;
  readonly #meetings: ReturnType<typeof meetingsOf>;
  readonly #random: Random;
  readonly #joins = new Wheel(longestJoinMinutes + 1);
  readonly #ends = new Wheel(longestMeeting + 1);
  #next;

  /** @param meanLoad how many people are there on average over the whole trace */
  constructor(trace: Trace, meanLoad: number, seed: number) {
    this.#trace = trace;
    this.#meetings = meetingsOf(trace, meanLoad, seededRandom(seed));
    this.#random = seededRandom(seed + 99_991);
    this.#next = this.#meetings.next();
  }

  /** The minute's meetings that are over. Ask before `joining`, once a minute. */
  ending(minute: number): LiveMeeting[] {
    return this.#ends.take(minute);
  }

  /** The minute's people, each by their meeting. */
  joining(minute: number): LiveMeeting[] {
    const people = this.#joins.take(minute).filter((meeting) => meeting.endMinute > minute);
    for (; !this.#next.done && this.#next.value.startMinute === minute; this.#next = this.#meetings.next()) {
      const { minutes, participants } = this.#next.value;
      const startedMs = this.#trace.startMs + minute * 60_000;
      const meeting: LiveMeeting = { startedMs, endMinute: minute + minutes, legs: [] };
      this.#ends.put(meeting.endMinute, meeting);
      people.push(meeting);
      for (let other = 1; other < participants; other += 1) {
        const delay = Math.min(longestJoinMinutes, Math.floor(exponential(this.#random, meanJoinMinutes)));
        if (delay === 0) people.push(meeting);
        else this.#joins.put(minute + delay, meeting);
      }
    }
    return people;
  }
}

/** What is due at which of the coming minutes. */
class Wheel {
  readonly #slots: LiveMeeting[][];

  constructor(minutes: number) {
    this.#slots = Array.from({ length: minutes }, () => []);
  }

  put(minute: number, meeting: LiveMeeting): void {
    this.#slots[minute % this.#slots.length]?.push(meeting);
  }

  take(minute: number): LiveMeeting[] {
    const slot = minute % this.#slots.length;
    const due = this.#slots[slot] ?? [];
    this.#slots[slot] = [];
    return due;
  }
}
