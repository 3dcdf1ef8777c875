import { Redis } from 'ioredis';
import { messageOf } from '../../../common/errors.ts';
import { hostPort } from '../../../haproxy/config/address.ts';
import type { RedisSettings } from '../../../haproxy/stick-table/settings.ts';
import { error, type Finding, warn } from '../finding.ts';

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

async function askSentinel(
  address: { host: string; port: number },
  { primary, sentinelPassword }: RedisSettings,
): Promise<{ quorum: string; primary: string }> {
  const sentinel = new Redis({
    ...address,
    ...(sentinelPassword === undefined ? {} : { password: sentinelPassword }),
    lazyConnect: true,
    connectTimeout: timeoutMs,
    commandTimeout: timeoutMs,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  let last: unknown;
  sentinel.on('error', (fault: unknown) => {
    last = fault;
  });
  try {
    await sentinel.connect().catch((fault: unknown) => {
      throw last ?? fault;
    });
    const quorum = await sentinel.call('SENTINEL', 'CKQUORUM', primary).catch(messageOf);
    const named = await sentinel.call('SENTINEL', 'GET-MASTER-ADDR-BY-NAME', primary);
    return { quorum: String(quorum), primary: Array.isArray(named) ? named.join(':') : 'none' };
  } finally {
    sentinel.disconnect();
  }
}
