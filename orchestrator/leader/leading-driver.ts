import type { ShardDriver } from '../../shards/driver.ts';
import { sharedList } from '../shards/shared-list.ts';

/** A list this young serves everybody who asks, in milliseconds. */
const listMaxAgeMs = 500;

/**
 * A driver that begins no change without leave, and lists once for all who ask at once. Redis fences what is written to
 * it; a driver knows no tokens.
 *
 * @param assertLeads throws unless this orchestrator leads now
 */
export function leadingDriver(driver: ShardDriver, assertLeads: () => void): ShardDriver {
  return {
    list: sharedList(driver, listMaxAgeMs),
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
    async rankBridges(shard, people, signal) {
      assertLeads();
      return driver.rankBridges(shard, people, signal);
    },
    async remove(name, signal) {
      assertLeads();
      return driver.remove(name, signal);
    },
  };
}
