import type { ShardDriver } from '../../shards/driver.ts';

/**
 * A driver that begins no change without leave. Redis fences what is written to it; a driver knows no tokens.
 *
 * @param assertLeads throws unless this orchestrator leads now
 */
export function leadingDriver(driver: ShardDriver, assertLeads: () => void): ShardDriver {
  return {
    list: (signal) => driver.list(signal),
    async ensure(spec, signal) {
      assertLeads();
      return driver.ensure(spec, signal);
    },
    async addBridges(shard, count, signal) {
      assertLeads();
      return driver.addBridges(shard, count, signal);
    },
    async removeBridges(shard, names, signal) {
      assertLeads();
      return driver.removeBridges(shard, names, signal);
    },
    async remove(name, signal) {
      assertLeads();
      return driver.remove(name, signal);
    },
  };
}
