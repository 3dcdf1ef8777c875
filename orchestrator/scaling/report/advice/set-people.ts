import type { Advice } from '../advice.ts';
import type { PeopleCost } from '../calibrate-people.ts';
import type { RecordedShard } from '../recorded-shard.ts';

/** An announced event may be off by as much anyway. */
const offBy = 0.25;

/** Where people cost clearly more or less than announced ones are reckoned with. Saves nothing by itself. */
export function advisePeople(shard: RecordedShard, people: PeopleCost | undefined): Advice | undefined {
  if (!people || Math.abs(people.bitsPerSecond / shard.personBitsPerSecond - 1) <= offBy) return undefined;
  const found = (people.bitsPerSecond / 1e6).toPrecision(2);
  return {
    about: 'mbps-per-participant',
    shards: [shard.name],
    reason: `a participant costs ${found} Mbit/s, and announced ones are reckoned with ${shard.personBitsPerSecond / 1e6}`,
    savedBridgeHours: 0,
    isUrgent: false,
    commands: [`scale set ${shard.name} --mbps-per-participant ${Number(found)}`],
  };
}
