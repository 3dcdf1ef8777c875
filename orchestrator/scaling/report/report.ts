import { advisePolicy } from './advice/choose-policy.ts';
import { adviseLowerMin } from './advice/lower-min.ts';
import { adviseRaiseMax } from './advice/raise-max.ts';
import { adviseIdle, isIdle } from './advice/remove-idle.ts';
import { advisePeople } from './advice/set-people.ts';
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
  /** What decides now how many bridges it has. */
  readonly policy: string;
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
  const judged = recorded.map((shard) => judge(useOf(shard)));
  const idle = adviseIdle(judged.map(({ use }) => use));
  const advice = judged.flatMap((one) => adviseShard(one, policies));
  return {
    shards: judged.map(reportShard),
    people: calibratePeople(recorded.flatMap(({ steps }) => steps)) ?? null,
    policies,
    advice: [...idle, ...advice].toSorted(byWorth),
  };
}

interface Judged {
  readonly use: ShardUse;
  readonly people: PeopleCost | undefined;
  readonly bridge: BridgeCapacity | undefined;
}

function judge(use: ShardUse): Judged {
  return { use, people: calibratePeople(use.shard.steps), bridge: calibrateBridge(use) };
}

function reportShard({ use, people, bridge }: Judged): ShardReport {
  const { name, region, min, max, bridgeBitsPerSecond, policy } = use.shard;
  const set = { min, max, bridgeBitsPerSecond, policy: policy.name };
  return { name, region, ...set, usage: usageOf(use), people: people ?? null, bridge: bridge ?? null };
}

/** One that idles is to go: nothing else is worth a word. */
function adviseShard({ use, people, bridge }: Judged, policies: readonly PolicyCost[]): Advice[] {
  if (isIdle(use)) return [];
  const advice = [
    adviseRaiseMax(use),
    adviseLowerMin(use),
    adviseTarget(use, bridge),
    advisePolicy(use, policies),
    advisePeople(use.shard, people),
  ];
  return advice.filter((one) => one !== undefined);
}
