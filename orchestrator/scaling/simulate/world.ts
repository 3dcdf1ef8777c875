import { type Random, seededRandom } from '../../../common/random.ts';
import type { BridgesChange } from '../../bridges/decide-bridges.ts';
import { exponential } from './distributions.ts';
import type { Faults } from './faults.ts';
import { type Placing, placeOf } from './place.ts';
import type { Scorer } from './score.ts';
import { type LiveMeeting, type SimulatedBridge, seat, unseat } from './simulated-bridge.ts';

/** What a world is like. */
export interface WorldOptions extends Placing {
  /** A bridge takes so many minutes to start at least, and this much more on average. */
  readonly bootMinutes: number;
  readonly bootSpread: number;
  readonly faults: Faults;
}

/** A start that failed is given up by its platform after so many times what one takes. */
const startsGivenUp = 4;

/** One shard's bridges and the people on them, a minute at a time. */
export class World {
  readonly #options: WorldOptions;
  readonly #random: Random;
  readonly #scorer: Scorer;
  #bridges: SimulatedBridge[] = [];
  #born = 0;

  constructor(options: WorldOptions, seed: number, scorer: Scorer) {
    this.#options = options;
    this.#random = seededRandom(seed * 7919 + 13);
    this.#scorer = scorer;
    this.#start(0, 0);
  }

  /** All there are, the oldest first. */
  get bridges(): readonly SimulatedBridge[] {
    return this.#bridges;
  }

  /** Lets a minute's meetings end and its people come. */
  live(minute: number, ending: readonly LiveMeeting[], joining: readonly LiveMeeting[]): void {
    for (const meeting of ending) for (const leg of meeting.legs) unseat(meeting, leg);
    const { bootMinutes, faults } = this.#options;
    const lost = this.#bridges.filter(
      ({ readyMinute, startedMinute }) =>
        readyMinute === Number.POSITIVE_INFINITY && minute - startedMinute > startsGivenUp * bootMinutes,
    );
    for (const { name } of lost) this.#remove(name, minute);
    const ready = this.#bridges.filter(({ readyMinute }) => readyMinute <= minute);
    const isCrash = ready.length > 1 && this.#random() < faults.crashesPerDay / 1440;
    const back = isCrash ? this.#crash(ready) : [];
    const taking = ready.filter(({ isDraining }) => !isDraining);
    const open = taking.length > 0 ? taking : ready;
    for (const meeting of back) this.#join(meeting, open);
    for (const meeting of joining) this.#join(meeting, open);
    this.#scorer.minute(this.#bridges, minute);
  }

  /** Does what was decided. */
  follow(minute: number, changes: readonly BridgesChange[]): void {
    for (const change of changes) {
      if (change.do === 'start') {
        for (let left = change.count; left > 0; left -= 1) this.#start(minute, this.#bootMinutes());
        continue;
      }
      for (const name of change.bridges) {
        const bridge = this.#bridges.find((one) => one.name === name);
        if (change.do === 'remove') this.#remove(name, minute);
        else if (bridge) bridge.isDraining = change.do === 'drain';
      }
    }
  }

  #join(meeting: LiveMeeting, open: readonly SimulatedBridge[]): void {
    const bridge = placeOf(meeting, open, this.#options);
    if (!bridge) this.#scorer.unserved += 1;
    else if (seat(meeting, bridge) && meeting.legs.length > 1) this.#scorer.splitLegs += 1;
  }

  #bootMinutes(): number {
    const { bootMinutes, bootSpread, faults } = this.#options;
    const minutes = Math.ceil(bootMinutes + exponential(this.#random, bootSpread));
    return this.#random() < faults.failedStarts ? Number.POSITIVE_INFINITY : minutes;
  }

  #start(minute: number, afterMinutes: number): void {
    this.#born += 1;
    this.#scorer.launched(minute);
    this.#bridges.push({
      name: `bridge-${this.#born}`,
      startedMinute: minute,
      readyMinute: minute + afterMinutes,
      isDraining: false,
      people: 0,
      meetings: [],
      conferencesCreated: 0,
    });
  }

  #remove(name: string, minute: number): void {
    const bridge = this.#bridges.find((one) => one.name === name);
    if (!bridge) return;
    this.#bridges = this.#bridges.filter((one) => one !== bridge);
    this.#scorer.removed(minute, bridge.meetings.length);
  }

  /** One of `ready` is gone, from them too; its people come back at once, each by their meeting. */
  #crash(ready: SimulatedBridge[]): LiveMeeting[] {
    const [bridge] = ready.splice(Math.floor(this.#random() * ready.length), 1);
    if (!bridge) return [];
    this.#bridges = this.#bridges.filter((one) => one !== bridge);
    return [...bridge.meetings].flatMap((meeting) => {
      const place = meeting.legs.findIndex((leg) => leg.bridge === bridge);
      const [leg] = meeting.legs.splice(place, 1);
      return new Array<LiveMeeting>(leg?.people ?? 0).fill(meeting);
    });
  }
}
