import { StickTable } from '../../../haproxy/stick-table/stick-table.ts';
import { askRedis, redisName } from '../ask-redis.ts';
import type { Check } from '../check.ts';
import { error, type Finding } from '../finding.ts';
import { judgeRedis } from './judge-redis.ts';
import { readRedisFacts } from './redis-facts.ts';

/** Is Redis there, does it decide, and is it set up to hold the table? */
export const redisCheck: Check = {
  name: 'redis',
  about: 'Redis decides, keeps every key, and its replicas are in step',
  live: true,
  async run({ fleet }, signal) {
    const name = redisName(fleet.redis);
    const answer = await askRedis(fleet.redis, signal, async (connection) => ({
      blessed: await new StickTable(connection, fleet.name).isBlessed(),
      facts: await readRedisFacts(connection.redis),
    }));
    if (!answer.ok) {
      const what = `out of reach: ${answer.reason}`;
      return [error(name, what, 'bring it back: known rooms stay meanwhile, new ones go by their buckets')];
    }
    const { blessed, facts } = answer.value;
    const unblessed: Finding[] = blessed
      ? []
      : [
          error(
            name,
            'it was restarted, emptied or replaced, and does not decide',
            'see docs/recover.md, "Redis was restarted"',
          ),
        ];
    return [...unblessed, ...judgeRedis(name, facts, fleet.redis.replicas)];
  },
};
