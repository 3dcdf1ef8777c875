import { pick } from '../../../common/random.ts';
import { redisKey } from '../../../haproxy/stick-table/keys.ts';
import { processNames } from '../../../orchestrator/local-fleet/fleet-processes.ts';
import { withRedis } from '../world.ts';
import { type Fault, nothingToHeal } from './fault.ts';
import { type TargetKind, targetOf } from './targets.ts';

/** The chaos fleet's one Redis, as a target of signals. */
export const redisProcess: TargetKind = {
  what: 'redis',
  async choose(world) {
    return targetOf(processNames.redis, {}, world.redisPid);
  },
};

/** Somebody empties the stick table. */
export const flushAll: Fault = {
  kind: 'flushall',
  lasts: false,
  aim: async (world) => ({
    target: 'Redis',
    blame: {},
    async inject() {
      await withRedis(world, (redis) => redis.flushall());
      return nothingToHeal;
    },
  }),
};

/** The change feed loses all that somebody may still have to read. */
export const trimFeed: Fault = {
  kind: 'trim-feed',
  lasts: true,
  async aim(world, random) {
    const link = world.redisLink;
    if (!link) return undefined;
    const agent = processNames.agent(pick(random, world.running.fleet.proxies).name);
    return {
      target: `while ${agent} cannot read it`,
      blame: {},
      async inject() {
        // Cut off for a moment, so that there is something that it has missed.
        link.set({ is: 'cut' }, agent);
        return async () => {
          const { name } = world.running.fleet;
          await withRedis(world, (redis) => redis.xtrim(redisKey(name, 'feed'), 'MAXLEN', 0));
          link.set({ is: 'open' }, agent);
        };
      },
    };
  },
};
