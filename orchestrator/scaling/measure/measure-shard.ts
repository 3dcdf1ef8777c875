import type { FollowedBridge } from '../../bridges/follow-bridges.ts';
import type { CensusReading } from '../../rooms/census.ts';
import { fullStress } from '../scale-view.ts';
import { figuresOf } from './bridge-figures.ts';

/** What a shard carries at one moment. What is not known is undefined, never 0. */
export interface ShardLoad {
  /** Of all its bridges together, sent and received, to participants and to other bridges. */
  readonly bitsPerSecond: number | undefined;
  /**
   * The same, where a bridge whose stress says more than its throughput counts by its stress: what it would carry if it
   * were as busy by its throughput. In bits per second.
   */
  readonly demand: number | undefined;
  readonly packetsPerSecond: number | undefined;
  /** Of the bridge that has the most; 1 is its limit. */
  readonly highestStress: number | undefined;
  /** Without the focus, by the census. */
  readonly participants: number | undefined;
  /** Rooms, by the census. */
  readonly conferences: number | undefined;
  /** Bridges that exist. */
  readonly bridges: number;
  /** Those of them that take conferences. */
  readonly openBridges: number;
  /** Those of which it is known what they carry. */
  readonly knownBridges: number;
}

/** What a bridge should carry at most unless its operator says otherwise, in bits per second (scaling.md). */
export const usualBridgeBitsPerSecond = 400e6;

/** A census says nothing of now any more after so long, in milliseconds. */
const censusHoldsMs = 60_000;

/**
 * Adds up what the bridges of a shard carry. Of one that does not say, the mean of the others is taken, and that it
 * carries nothing only of one that still starts; when more than half do not say, nothing is known of all.
 *
 * @param target what one of its bridges should carry at most, in bits per second
 */
export function measureShard(
  bridges: readonly FollowedBridge[],
  census: CensusReading | undefined,
  now: number,
  target = usualBridgeBitsPerSecond,
): ShardLoad {
  const counted = bridges.filter(({ isStarting }) => !isStarting);
  const known = counted.flatMap((bridge) => figuresOf(bridge, now) ?? []);
  const share = known.length * 2 < counted.length ? undefined : counted.length / known.length;
  const total = (numbers: readonly (number | undefined)[]) => {
    if (share === undefined || numbers.includes(undefined)) return undefined;
    // Without bridges there is nothing to carry; 0 / 0 would say that nothing is known.
    let sum = 0;
    for (const number of numbers) sum += number ?? 0;
    return numbers.length === 0 ? 0 : share * sum;
  };
  const reading = census && now - census.begunAt <= censusHoldsMs ? census : undefined;
  const stresses = known.flatMap(({ stress }) => stress ?? []);
  return {
    bitsPerSecond: total(known.map(({ bitsPerSecond }) => bitsPerSecond)),
    demand: total(
      known.map(({ bitsPerSecond, stress = 0 }) => Math.max(bitsPerSecond, (stress / fullStress) * target)),
    ),
    packetsPerSecond: total(known.map(({ packetsPerSecond }) => packetsPerSecond)),
    highestStress: stresses.length > 0 ? Math.max(...stresses) : undefined,
    participants: reading && [...reading.rooms.values()].reduce((sum, people) => sum + people, 0),
    conferences: reading?.rooms.size,
    bridges: bridges.length,
    openBridges: bridges.filter(({ said, held }) => (said.ok ? said.operational : held?.stats.operational))
      .length,
    knownBridges: known.length,
  };
}
