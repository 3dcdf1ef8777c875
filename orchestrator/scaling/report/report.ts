import { advisePolicy } from './advice/choose-policy.ts';
import { adviseLowerMin } from './advice/lower-min.ts';
import { adviseRaiseMax } from './advice/raise-max.ts';
import { adviseIdle, isIdle } from './advice/remove-idle.ts';
import { adviseTarget } from './advice/set-target.ts';
import type { Advice } from './advice.ts';
import { byWorth } from './advice.ts';
import { type BridgeCapacity, calibrateBridge } from './calibrate-bridge.ts';
import { calibratePeople, type PeopleCost } from './calibrate-people.ts';
import type { PolicyCost } from './cost-policies.ts';
import type { RecordedShard } from './recorded-shard.ts';
import { type Usage, usageOf } from './usage.ts';
import { type ShardUse, useOf } from './use.ts';

/** What one shard used, and what its bridges and its people cost. */
export interface ShardReport {
  readonly name: string;
  readonly region: string;
  readonly min: number;
  readonly max: number;
  readonly bridgeBitsPerSecond: number;
  readonly usage: Usage;
  /** Null where too little is recorded to tell. */
  readonly people: PeopleCost | null;
  readonly bridge: BridgeCapacity | null;
}

/** What a fleet used, and what it could do better. */
export interface FleetReport {
  readonly shards: readonly ShardReport[];
  /** Of all shards together. */
  readonly people: PeopleCost | null;
  readonly policies: readonly PolicyCost[];
  /** The most worth first. */
  readonly advice: readonly Advice[];
}

/** Reports on what was recorded, and on what policies would have cost as far as that was simulated. */
export function reportOf(recorded: readonly RecordedShard[], policies: readonly PolicyCost[]): FleetReport {
  const uses = recorded.map(useOf);
  const shards = uses.map(reportShard);
  const advice = uses.flatMap((use, index) => adviseShard(use, shards[index]?.bridge ?? undefined, policies));
  return {
    shards,
    people: calibratePeople(recorded.flatMap(({ steps }) => steps)) ?? null,
    policies,
    advice: [...adviseIdle(uses), ...advice].toSorted(byWorth),
  };
}

function reportShard(use: ShardUse): ShardReport {
  const { name, region, min, max, bridgeBitsPerSecond, steps } = use.shard;
  return {
    ...{ name, region, min, max, bridgeBitsPerSecond },
    usage: usageOf(use),
    people: calibratePeople(steps) ?? null,
    bridge: calibrateBridge(use) ?? null,
  };
}

/** One that idles is to go: nothing else is worth a word. */
function adviseShard(
  use: ShardUse,
  capacity: BridgeCapacity | undefined,
  policies: readonly PolicyCost[],
): Advice[] {
  if (isIdle(use)) return [];
  const advice = [
    adviseRaiseMax(use),
    adviseLowerMin(use),
    adviseTarget(use, capacity),
    advisePolicy(use, policies),
  ];
  return advice.filter((one) => one !== undefined);
}
