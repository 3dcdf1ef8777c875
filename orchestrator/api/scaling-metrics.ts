import { Gauge, type Registry } from 'prom-client';
import type { Scalers } from '../scaling/control/scalers.ts';

/** What was decided, by shard. */
export type ScalingLooks = Pick<Scalers, 'looks' | 'fullBitsPerSecond'>;

/** Registers what was decided on the shards' bridges at the last look; the leader alone looks. */
export function addScalingMetrics(register: Registry, scaling: ScalingLooks): void {
  const registers = [register];
  new Gauge({
    name: 'usher_shard_bridges_wanted',
    help: 'Bridges of a shard that are to be there, and to be open, within the limits of its operators',
    labelNames: ['shard', 'which'],
    registers,
    collect() {
      this.reset();
      for (const [shard, { decision }] of scaling.looks()) {
        this.set({ shard, which: 'exist' }, decision.exist);
        this.set({ shard, which: 'open' }, decision.open.size);
      }
    },
  });
  new Gauge({
    name: 'usher_shard_bridges_limited',
    help: 'Bridges of a shard that are to be there by the limits of its operators, beyond those that its policy wants',
    labelNames: ['shard'],
    registers,
    collect() {
      this.reset();
      for (const [shard, { wanted, decision }] of scaling.looks()) {
        this.set({ shard }, decision.exist - wanted.exist);
      }
    },
  });
  new Gauge({
    name: 'usher_shard_forecast_bits_per_second',
    help: 'What a shard is expected not to carry more of within so long: 5m with 95 % probability, 25m 99 %, 30m 80 %',
    labelNames: ['shard', 'within'],
    registers,
    collect() {
      this.reset();
      for (const [shard, { wanted }] of scaling.looks()) {
        if (!wanted.forecast) continue;
        const { within5, within25, within30 } = wanted.forecast;
        for (const [within, loads] of [
          ['5m', within5],
          ['25m', within25],
          ['30m', within30],
        ] as const)
          this.set({ shard, within }, loads * scaling.fullBitsPerSecond(shard));
      }
    },
  });
}
