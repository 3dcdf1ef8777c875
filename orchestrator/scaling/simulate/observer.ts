import { type Random, seededRandom } from '../../../common/random.ts';
import { judgeFigures } from '../../../shards/probes/bridge-stats.ts';
import { type ProbeFailure, soft } from '../../../shards/probes/probe.ts';
import { readsToBeSure } from '../../bridges/bridge-state.ts';
import { type FollowedBridge, followBridge, unread } from '../../bridges/follow-bridges.ts';
import { fullStress } from '../scale-view.ts';
import type { SimulatedBridge } from './simulated-bridge.ts';

export interface ObserverOptions {
  /** People that a bridge should carry at most. */
  readonly capacity: number;
  readonly bitsPerPerson: number;
  /** Of the reads so many fail. */
  readonly gaps: number;
}

/** Reads the simulated bridges as an orchestrator reads real ones, and follows them by its code. */
export class Observer {
  readonly #options: ObserverOptions;
  readonly #random: Random;
  readonly #followed = new WeakMap<SimulatedBridge, FollowedBridge>();

  constructor(options: ObserverOptions, seed: number) {
    this.#options = options;
    this.#random = seededRandom(seed + 5_077);
  }

  /** One read of all of them. */
  read(bridges: readonly SimulatedBridge[], minute: number, nowMs: number): FollowedBridge[] {
    return bridges.map((bridge) => {
      const before =
        this.#followed.get(bridge) ??
        unread({ name: bridge.name, rest: '' }, bridge.startedMinute > 0, nowMs);
      const after = this.#follow(before, bridge, minute, nowMs);
      this.#followed.set(bridge, after);
      return after;
    });
  }

  #follow(before: FollowedBridge, bridge: SimulatedBridge, minute: number, nowMs: number): FollowedBridge {
    const { people, isDraining, readyMinute } = bridge;
    if (readyMinute > minute) return followBridge(before, before, starts, nowMs);
    if (this.#options.gaps > 0 && this.#random() < this.#options.gaps)
      return followBridge(before, before, gap, nowMs);
    // A minute has six reads. They differ in nothing but their time, and that matters only for what may be removed.
    const reads = isDraining && people === 0 ? readsToBeSure : 1;
    let after = before;
    for (let read = 0; read < reads; read += 1) {
      after = followBridge(after, before, this.#says(bridge, `${minute}.${read}`), nowMs);
    }
    return after;
  }

  #says({ people, meetings, conferencesCreated, isDraining }: SimulatedBridge, measuredAt: string) {
    const { capacity, bitsPerPerson } = this.#options;
    // Rates are never twice the same, or the bridge would be taken to hang.
    const bits = people * bitsPerPerson * (1 - 1e-6 * this.#random());
    const rates = { received: 0.2 * bits, sent: 0.8 * bits, relayReceived: 0, relaySent: 0 };
    return judgeFigures(
      {
        rates,
        packets: undefined,
        stress: (fullStress * people) / capacity,
        localEndpoints: people,
        conferences: meetings.length,
        conferencesCreated,
        draining: isDraining,
        able: true,
        measuredAt,
      },
      'simulated',
    );
  }
}

const starts: ProbeFailure = soft('it starts');
const gap: ProbeFailure = soft('no answer');
