import { StickTable } from '../../../haproxy/stick-table/stick-table.ts';
import type { Check } from '../check.ts';
import { error } from '../finding.ts';
import { reachRedis, redisName } from '../reach-redis.ts';
import { judgeRedis } from './judge-redis.ts';
import { judgeSentinels } from './judge-sentinels.ts';
import { readRedisFacts } from './redis-facts.ts';

/** Is Redis there, does it decide, and is it set up to hold the table? */
export const redisCheck: Check = {
  name: 'redis',
  about: 'Redis decides, keeps every key, and its replicas are in step',
  live: true,
  async run({ fleet, status }, signal) {
    const name = redisName(fleet.redis);
    const sentinels = await judgeSentinels(fleet.redis);
    const answer = await reachRedis(fleet.redis, signal, async (connection) => ({
      blessed: await new StickTable(connection, fleet.name).isBlessed(),
      facts: await readRedisFacts(connection.redis),
    }));
    if (!answer.ok) {
      const what = `out of reach: ${answer.reason}`;
      return [
        ...sentinels,
        error(name, what, 'bring it back: known rooms stay meanwhile, new ones go by their buckets'),
      ];
    }
    const { blessed, facts } = answer.value;
    // The orchestrator puts the table together again, and says what it waits for.
    const progress = status.ok && !status.value.redis.ok ? `: ${status.value.redis.reason}` : '';
    const lost = `does not decide: it was restarted, emptied or replaced${progress}`;
    const unblessed = blessed
      ? []
      : [error(name, lost, 'bring back what the rebuild waits for; docs/recover.md, "Redis lost its table"')];
    return [...sentinels, ...unblessed, ...judgeRedis(name, facts, fleet.redis.replicas)];
  },
};
