import { type Random, seededRandom } from '../../../common/random.ts';
import { planScaling } from '../plan-scaling.ts';
import type { ScaleDecision, ScaledBridge, ScaleView } from '../scale-policy.ts';
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

/** So many looks in a row must find a bridge empty before it goes. */
const emptyLooks = 2;

/** One shard's bridges and the people on them, a minute at a time. */
export class World {
  readonly #options: WorldOptions;
  readonly #random: Random;
  readonly #scorer: Scorer;
  readonly #startMs: number;
  /** Bridges -> looks in a row at which they were empty and took no conferences. */
  readonly #empty = new Map<string, number>();
  #bridges: SimulatedBridge[] = [];
  #born = 0;
  #endedMs: number[] = [];

  /** @param startMs its first minute, on the wall */
  constructor(options: WorldOptions, startMs: number, seed: number, scorer: Scorer) {
    this.#options = options;
    this.#startMs = startMs;
    this.#random = seededRandom(seed * 7919 + 13);
    this.#scorer = scorer;
    this.#start(0, 0);
  }

  /** Lets a minute's meetings end and its people come. */
  live(minute: number, ending: readonly LiveMeeting[], joining: readonly LiveMeeting[]): void {
    for (const meeting of ending) {
      for (const leg of meeting.legs) unseat(meeting, leg);
      this.#endedMs.push(this.#timeOf(minute) - meeting.startedMs);
    }
    const ready = this.#bridges.filter(({ readyMinute }) => readyMinute <= minute);
    for (const bridge of ready) if (bridge.state === 'starting') bridge.state = 'open';
    const crashed = ready.length > 1 && this.#random() < this.#options.faults.crashesPerDay / 1440;
    const lost = crashed ? this.#crash(ready) : [];
    const taking = ready.filter(({ state }) => state === 'open');
    const open = taking.length > 0 ? taking : ready;
    for (const meeting of [...lost, ...joining]) this.#join(meeting, open);
    this.#scorer.minute(this.#bridges, minute);
  }

  /** What a policy sees of it now. */
  view(minute: number): ScaleView {
    const nowMs = this.#timeOf(minute);
    const endedMs = this.#endedMs;
    this.#endedMs = [];
    return { nowMs, wallMs: nowMs, bridges: this.#bridges.map((bridge) => this.#seen(bridge)), endedMs };
  }

  /** Does what a policy decided. */
  follow(minute: number, seen: readonly ScaledBridge[], decision: ScaleDecision): void {
    for (const { name, state, load } of seen) {
      const isEmpty = (state === 'draining' || state === 'ending') && load === 0;
      this.#empty.set(name, isEmpty ? (this.#empty.get(name) ?? 0) + 1 : 0);
    }
    const changes = planScaling(seen, decision, ({ name }) => (this.#empty.get(name) ?? 0) >= emptyLooks);
    this.#turn(changes.drain, 'draining');
    this.#turn(changes.undrain, 'open');
    this.#turn(changes.end, 'ending');
    for (const { name } of changes.remove) this.#remove(name, minute);
    // A start that failed is given up after four times the time that one takes.
    const failed = this.#bridges.filter(({ state, startedMs }) => {
      const minutes = (this.#timeOf(minute) - startedMs) / 60_000;
      return state === 'starting' && minutes > 4 * this.#options.bootMinutes;
    });
    for (const { name } of failed) this.#remove(name, minute);
    for (let left = changes.start; left > 0; left -= 1) this.#start(minute, this.#bootMinutes());
  }

  #timeOf(minute: number): number {
    return this.#startMs + minute * 60_000;
  }

  #seen(bridge: SimulatedBridge): ScaledBridge {
    const { name, state, startedMs, people, meetings } = bridge;
    const { gaps } = this.#options.faults;
    const isKnown = state !== 'starting' && !(gaps > 0 && this.#random() < gaps);
    return { name, state, startedMs, load: isKnown ? people / this.#options.capacity : undefined, meetings };
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
      startedMs: this.#timeOf(minute),
      readyMinute: minute + afterMinutes,
      state: 'starting',
      people: 0,
      meetings: [],
    });
  }

  #turn(bridges: readonly ScaledBridge[], state: SimulatedBridge['state']): void {
    for (const { name } of bridges) {
      const bridge = this.#bridges.find((one) => one.name === name);
      if (bridge) bridge.state = state;
    }
  }

  #remove(name: string, minute: number): void {
    const bridge = this.#bridges.find((one) => one.name === name);
    if (!bridge) return;
    this.#bridges = this.#bridges.filter((one) => one !== bridge);
    this.#empty.delete(name);
    this.#scorer.removed(minute, bridge.meetings.length);
  }

  /** One of `ready` is gone, from them too; its people come back at once, each by their meeting. */
  #crash(ready: SimulatedBridge[]): LiveMeeting[] {
    const [bridge] = ready.splice(Math.floor(this.#random() * ready.length), 1);
    if (!bridge) return [];
    this.#bridges = this.#bridges.filter((one) => one !== bridge);
    this.#empty.delete(bridge.name);
    return [...bridge.meetings].flatMap((meeting) => {
      const place = meeting.legs.findIndex((leg) => leg.bridge === bridge);
      const [leg] = meeting.legs.splice(place, 1);
      return new Array<LiveMeeting>(leg?.people ?? 0).fill(meeting);
    });
  }
}
