import { between, type Random, seededRandom } from '../../../common/random.ts';
import { type FollowedBridge, followBridge, unread } from '../../../orchestrator/bridges/follow-bridges.ts';
import { stepMs } from '../../../orchestrator/scaling/forecast/step.ts';
import { makePolicy } from '../../../orchestrator/scaling/policies/make-policy.ts';
import { ShardScaler } from '../../../orchestrator/scaling/shard-scaler.ts';
import { judgeFigures } from '../../../shards/probes/bridge-stats.ts';

/** A shard whose controller has been at work for days. */
export interface BenchShard {
  readonly scaler: ShardScaler;
  bridges: FollowedBridge[];
  /** Conferences by bridge, in their order: those that are there, and those ever created. */
  readonly conferences: readonly { there: number; created: number }[];
}

/** What a bridge should carry at most. */
export const fullBitsPerSecond = 400e6;

/** Steps of history that each shard has at first: two days. */
const history = 576;
/** People in a meeting on average, and people whom a full bridge carries. */
const meetingSize = 6;
const capacity = 100;
/** A bridge gets a new one between two reads with this probability, and as often one ends: ten at 33 minutes each. */
const begins = 0.05;

/** Shards with so many bridges each, a quarter of them draining. */
export function makeShards(shards: number, bridges: number, nowMs: number): BenchShard[] {
  const random = seededRandom(1);
  return Array.from({ length: shards }, () => {
    const scaler = new ShardScaler(makePolicy('forecast'));
    for (let ago = history; ago > 0; ago -= 1) scaler.observe(nowMs - ago * stepMs, loadOf(random, bridges));
    const names = Array.from({ length: bridges }, (_, index) => `bridge-${index}`);
    const conferences = names.map(() => {
      const there = between(random, 0, capacity / meetingSize);
      return { there, created: there };
    });
    const unheard = names.map((name) => unread({ name, rest: '' }, false, nowMs));
    return { scaler, bridges: unheard, conferences };
  });
}

/** Reads all bridges of a shard once more: what they say, taken for what it is worth, after what they said before. */
export function readAll(shard: BenchShard, random: Random, nowMs: number): void {
  shard.bridges = shard.bridges.map((bridge, index) => {
    const conferences = shard.conferences[index] ?? { there: 0, created: 0 };
    if (conferences.there > 0 && random() < begins) conferences.there -= 1;
    if (random() < begins) {
      conferences.there += 1;
      conferences.created += 1;
    }
    const people = conferences.there * meetingSize;
    const bits = (people / capacity) * fullBitsPerSecond * (0.95 + 0.1 * random());
    const said = judgeFigures(
      {
        rates: { received: 0.2 * bits, sent: 0.8 * bits, relayReceived: 0, relaySent: 0 },
        packets: undefined,
        stress: (0.8 * people) / capacity,
        localEndpoints: people,
        conferences: conferences.there,
        conferencesCreated: conferences.created,
        draining: index % 4 === 3,
        able: true,
        measuredAt: String(nowMs),
      },
      'bench',
    );
    return followBridge(bridge, bridge, said, nowMs);
  });
}

/** The load of so many bridges, half full. */
export function loadOf(random: Random, bridges: number): number {
  return bridges * (0.45 + 0.1 * random());
}
