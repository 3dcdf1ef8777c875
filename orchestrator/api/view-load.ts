import type { Control } from '../control/control.ts';
import { stepMs, stepOf } from '../scaling/forecast/step.ts';
import { measureShards } from '../scaling/measure/measure-shards.ts';
import { unknownShard } from '../shards/unknown-shard.ts';
import type { ShardLoadView } from './schema/load.ts';

/** What a shard carries and carried. Throws UsageError when there is none of that name. */
export async function viewLoad(
  control: Pick<Control, 'shards' | 'censuses' | 'scaling' | 'mirror' | 'loads'>,
  name: string,
  hours: number,
): Promise<ShardLoadView> {
  if (!control.shards.has(name)) throw unknownShard(name, control.shards.keys());
  const now = Date.now();
  const load = measureShards(control, now).get(name);
  const first = stepOf(now - hours * 3_600_000);
  const steps = await control.loads.read(name, first, stepOf(now));
  const history = steps.map((step, index) => ({
    from: new Date((first + index) * stepMs).toISOString(),
    bitsPerSecond: step.bitsPerSecond ?? null,
    demand: step.demand ?? null,
    highestStress: step.highestStress ?? null,
    participants: step.participants ?? null,
    conferences: step.conferences ?? null,
    bridges: step.bridges ?? null,
    openBridges: step.openBridges ?? null,
  }));
  return {
    name,
    now: load
      ? {
          ...load,
          bitsPerSecond: load.bitsPerSecond ?? null,
          demand: load.demand ?? null,
          packetsPerSecond: load.packetsPerSecond ?? null,
          highestStress: load.highestStress ?? null,
          participants: load.participants ?? null,
          conferences: load.conferences ?? null,
        }
      : null,
    // The count of bridges is known whenever a shard was measured.
    history: history.filter(({ bridges }) => bridges !== null),
  };
}
