import { Gauge, Registry } from 'prom-client';
import type { Control } from '../control/control.ts';
import type { ShardLoad } from '../scaling/measure/measure-shard.ts';
import { splitKinds } from '../split-detector/split.ts';
import { addScalingMetrics, type ScalingLooks } from './scaling-metrics.ts';
import { addShardMetrics } from './shard-metrics.ts';
import { addSignallingMetrics } from './signalling-metrics.ts';

/**
 * The orchestrator's metrics as Prometheus text, read from where the figures are kept, at each scrape.
 *
 * @param loads what each shard carries now
 */
export function createOrchestratorMetrics(
  control: Pick<Control, 'splits' | 'signalling'> & { readonly scaling: ScalingLooks },
  loads: () => ReadonlyMap<string, ShardLoad>,
): { text(): Promise<string> } {
  const register = new Registry();
  const registers = [register];
  new Gauge({
    name: 'usher_splits',
    help: 'Rooms of which table, proxies and censuses have not agreed for a while, by kind',
    labelNames: ['kind'],
    registers,
    collect() {
      const splits = control.splits.last?.splits ?? [];
      for (const kind of splitKinds) this.set({ kind }, splits.filter((split) => split.kind === kind).length);
    },
  });
  new Gauge({
    name: 'usher_splits_looked_at_seconds',
    help: 'When they were last looked for, in seconds since the epoch; 0 before the first look, and while not leading',
    registers,
    collect() {
      this.set((control.splits.last?.lookedAt ?? 0) / 1_000);
    },
  });
  addSignallingMetrics(register, control.signalling);
  addScalingMetrics(register, control.scaling);
  const updateShards = addShardMetrics(register);
  return {
    text() {
      updateShards(loads());
      return register.metrics();
    },
  };
}
