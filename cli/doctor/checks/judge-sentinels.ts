import type { Redis } from 'ioredis';
import { messageOf } from '../../../common/errors.ts';
import { type Address, hostPort } from '../../../haproxy/config/address.ts';
import { askRedis } from '../../../haproxy/stick-table/ask-redis.ts';
import type { RedisSettings } from '../../../haproxy/stick-table/settings.ts';
import { error, type Finding, warn } from '../finding.ts';

/** The operator waits for it; a Sentinel that is merely slow is well. */
const timeoutMs = 2_000;

/** Does every Sentinel answer, can they agree on a failover, and do they name one primary? */
export async function judgeSentinels(settings: RedisSettings): Promise<Finding[]> {
  const asked = (settings.sentinels ?? []).map(async (address) => {
    const name = `Sentinel at ${hostPort(address)}`;
    try {
      return { name, ...(await askSentinel(address, settings)) };
    } catch (fault) {
      return { name, fault: messageOf(fault) };
    }
  });
  const answers = await Promise.all(asked);
  const findings = answers.flatMap((answer): Finding[] => {
    if ('fault' in answer) {
      return [
        warn(
          answer.name,
          `does not answer: ${answer.fault}`,
          'bring it back: the others must still be a majority',
        ),
      ];
    }
    if (answer.quorum.startsWith('OK')) return [];
    const what = `no failover is possible: ${answer.quorum}`;
    return [error(answer.name, what, 'bring the missing Sentinels back')];
  });
  const primaries = new Set(answers.flatMap((answer) => ('primary' in answer ? answer.primary : [])));
  if (primaries.size <= 1) return findings;
  const what = `they name different primaries: ${[...primaries].join(', ')}`;
  return [...findings, error('the Sentinels', what, 'wait for the end of a failover; then see their logs')];
}

function askSentinel(
  address: Address,
  { primary, sentinelPassword }: RedisSettings,
): Promise<{ quorum: string; primary: string }> {
  const ask = async (sentinel: Redis) => {
    const quorum = await sentinel.call('SENTINEL', 'CKQUORUM', primary).catch(messageOf);
    const named = await sentinel.call('SENTINEL', 'GET-MASTER-ADDR-BY-NAME', primary);
    return { quorum: String(quorum), primary: Array.isArray(named) ? named.join(':') : 'none' };
  };
  return askRedis(address, sentinelPassword, ask, timeoutMs);
}
