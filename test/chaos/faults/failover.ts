import { Redis } from 'ioredis';
import { type Fault, nothingToHeal } from './fault.ts';

/** Sentinel makes a replica the primary. Only where the fleet has Sentinels. */
export const failover: Fault = {
  kind: 'sentinel-failover',
  lasts: false,
  async aim(world) {
    const { sentinels, primary } = world.running.fleet.redis;
    const [sentinel] = sentinels ?? [];
    if (!sentinel) return undefined;
    return {
      target: primary,
      blame: {},
      async inject() {
        const redis = new Redis(sentinel.port, sentinel.host);
        try {
          await redis.call('SENTINEL', 'FAILOVER', primary);
        } finally {
          redis.disconnect();
        }
        return nothingToHeal;
      },
    };
  },
};
