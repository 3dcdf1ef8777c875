import { Gauge, type Registry } from 'prom-client';
import type { ShardLoad } from '../scaling/measure/measure-shard.ts';

const figures = {
  bitsPerSecond: [
    'bits_per_second',
    'Throughput of the bridges of a shard, sent and received, in bits per second',
  ],
  demand: [
    'demand_bits_per_second',
    'Throughput of the bridges of a shard, where stress says more by stress, in bits per second',
  ],
  packetsPerSecond: [
    'packets_per_second',
    'Packets of the bridges of a shard, sent and received, per second',
  ],
  highestStress: ['stress', 'Stress of the bridge of a shard that has the most; 1 is its limit'],
  participants: ['participants', 'People on a shard, by its census'],
  conferences: ['conferences', 'Rooms on a shard, by its census'],
  bridges: ['bridges', 'Bridges of a shard'],
  openBridges: ['bridges_open', 'Bridges of a shard that take conferences'],
  knownBridges: ['bridges_known', 'Bridges of a shard of which it is known what they carry'],
} as const satisfies Record<keyof ShardLoad, readonly [string, string]>;

/** Registers what shards carry; the leader alone knows. What is not known has no sample. Returns what brings them up to date. */
export function addShardMetrics(register: Registry): (loads: ReadonlyMap<string, ShardLoad>) => void {
  const gauges = Object.entries(figures).map(([figure, [name, help]]) => {
    const gauge = new Gauge({
      name: `usher_shard_${name}`,
      help,
      labelNames: ['shard'],
      registers: [register],
    });
    return [figure as keyof ShardLoad, gauge] as const;
  });
  return (loads) => {
    for (const [figure, gauge] of gauges) {
      gauge.reset();
      for (const [shard, load] of loads) {
        const value = load[figure];
        if (value !== undefined) gauge.set({ shard }, value);
      }
    }
  };
}
