import { type Advice, worthBridgeHours } from '../advice.ts';
import type { BridgeCapacity } from '../calibrate-bridge.ts';
import { hoursAWeek, type ShardUse, useOf } from '../use.ts';

/** Closer than this to what is set, it stays. */
const offBy = 0.1;
/** A target is raised by half at a time: beyond what was seen, stress need not grow in proportion. */
const highestRaise = 1.5;

/** Where bridges are full by stress before they carry what is set, or could carry clearly more. */
export function adviseTarget(use: ShardUse, capacity: BridgeCapacity | undefined): Advice | undefined {
  if (!capacity) return undefined;
  const set = use.shard.bridgeBitsPerSecond;
  const isTooHigh = capacity.bound === 'reached' && capacity.bitsPerSecond < (1 - offBy) * set;
  const isTooLow = capacity.bound === 'at-least' && capacity.bitsPerSecond > (1 + offBy) * set;
  if (!isTooHigh && !isTooLow) return undefined;
  const target = roundMbps(Math.min(capacity.bitsPerSecond, highestRaise * set));
  const advice = {
    about: 'bridge-mbps',
    shards: [use.shard.name],
    commands: [`scale set ${use.shard.name} --bridge-mbps ${target}`],
  } as const;
  const [stands, found] = [roundMbps(set), roundMbps(capacity.bitsPerSecond)];
  if (isTooHigh) {
    const reason = `bridges come to a stress of .8 at ${found} Mbit/s, before the ${stands} that they are set to carry`;
    return { ...advice, reason, savedBridgeHours: 0, isUrgent: true };
  }
  const saved = savedBy(use, target * 1e6);
  if (saved < worthBridgeHours) return undefined;
  const reason = `at a stress of .8 bridges carry ${found} Mbit/s or more, and are set to carry ${stands}`;
  return { ...advice, reason, savedBridgeHours: saved, isUrgent: false };
}

/** Bridge-hours a week that the load asks for less when a bridge carries more, down to the shard's `min`. */
function savedBy(use: ShardUse, bridgeBitsPerSecond: number): number {
  const { shard } = use;
  const asked = (one: ShardUse) => hoursAWeek(one, ({ needed }) => Math.max(shard.min, needed));
  return asked(use) - asked(useOf({ ...shard, bridgeBitsPerSecond }));
}

function roundMbps(bitsPerSecond: number): number {
  return bitsPerSecond >= 1e7
    ? Math.round(bitsPerSecond / 1e7) * 10
    : Math.max(1, Math.round(bitsPerSecond / 1e6));
}
