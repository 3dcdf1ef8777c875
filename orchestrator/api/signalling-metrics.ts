import { Gauge, type Registry } from 'prom-client';
import type { SignallingBook } from '../scaling/signalling/signalling-book.ts';

/** Registers how near the shards' signalling is to its limits; the leader alone knows. What is not known has no sample. */
export function addSignallingMetrics(
  register: Registry,
  signalling: Pick<SignallingBook, 'shards' | 'groups'>,
): void {
  const registers = [register];
  new Gauge({
    name: 'usher_shard_signalling_ratio',
    help: 'Participants or websockets of a shard, whichever is nearer to its limit, as a share of that limit',
    labelNames: ['shard'],
    registers,
    collect() {
      this.reset();
      for (const [shard, { ratio }] of signalling.shards) {
        if (ratio !== undefined) this.set({ shard }, ratio);
      }
    },
  });
  new Gauge({
    name: 'usher_shard_websockets',
    help: 'Connections to a shard through all proxies',
    labelNames: ['shard'],
    registers,
    collect() {
      this.reset();
      for (const [shard, { websockets }] of signalling.shards) {
        if (websockets !== undefined) this.set({ shard }, websockets);
      }
    },
  });
  new Gauge({
    name: 'usher_shards_wanted',
    help: 'Shards to be added to a region in a pool, or drained where negative, by its signalling, and not by usher itself',
    labelNames: ['pool', 'region'],
    registers,
    collect() {
      this.reset();
      for (const { pool, region, decision, advice } of signalling.groups.values()) {
        const wanted = decision.do === 'drain' ? -1 : 1;
        this.set({ pool, region }, advice === undefined ? 0 : wanted);
      }
    },
  });
}
