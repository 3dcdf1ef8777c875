import { error, type Finding, warn } from '../finding.ts';
import type { RedisFacts } from './redis-facts.ts';

/** Parts of the memory limit: a rebuild needs some beside the table. */
const warnPart = 0.75;
const errorPart = 0.95;
/** architecture.md: the server's `min-replicas-max-lag` is 2. */
const maxLagSeconds = 2;
/** Some seconds of claims. */
const maxBehindBytes = 1_000_000;

/** What is wrong with a Redis that is to hold a stick table. `replicas`: how many must hold a claim. */
export function judgeRedis(name: string, facts: RedisFacts, replicas: number): Finding[] {
  return [
    ...judgeConfig(name, facts, replicas),
    ...judgeMemory(name, facts),
    ...judgeReplicas(name, facts, replicas),
  ];
}

function judgeConfig(name: string, { config, maxBytes }: RedisFacts, replicas: number): Finding[] {
  if (config === undefined) {
    const what = 'CONFIG may not be asked, so persistence and memory policy are unknown';
    return [warn(name, what, 'see that it is: save "", appendonly no, maxmemory-policy noeviction')];
  }
  const findings: Finding[] = [];
  const policy = config['maxmemory-policy'] ?? '';
  if (policy !== 'noeviction') {
    const judge = maxBytes > 0 ? error : warn;
    const what = `maxmemory-policy is ${policy}: when memory is full, rooms would lose their seats; noeviction is expected`;
    findings.push(
      judge(
        name,
        what,
        'redis-cli CONFIG SET maxmemory-policy noeviction, and the same in its configuration',
      ),
    );
  }
  if (config.save !== '' || config.appendonly !== 'no') {
    const what = `it writes to disk (save ${JSON.stringify(config.save)}, appendonly ${config.appendonly}): a table from a file is never believed`;
    findings.push(
      warn(
        name,
        what,
        'redis-cli CONFIG SET save "" and appendonly no: it costs time at each fork, and helps nobody',
      ),
    );
  }
  const toWrite = Number(config['min-replicas-to-write'] ?? 0);
  if (replicas > 0 && toWrite < 1) {
    const what = 'min-replicas-to-write is 0: an old primary that is cut off goes on seating rooms';
    findings.push(error(name, what, 'redis-cli CONFIG SET min-replicas-to-write 1'));
  }
  const maxLag = Number(config['min-replicas-max-lag'] ?? 0);
  if (replicas > 0 && (maxLag < 1 || maxLag > maxLagSeconds)) {
    const what = `min-replicas-max-lag is ${maxLag}: an old primary goes on for so many seconds`;
    findings.push(warn(name, what, `redis-cli CONFIG SET min-replicas-max-lag ${maxLagSeconds}`));
  }
  return findings;
}

function judgeMemory(name: string, facts: RedisFacts): Finding[] {
  const { usedBytes, maxBytes, systemBytes, evictedKeys } = facts;
  const findings: Finding[] = [];
  if (evictedKeys > 0) {
    const what = `it has evicted ${evictedKeys} keys since it started: the table has holes`;
    findings.push(
      error(name, what, 'give it memory and noeviction; then `usher room splits` says what is missing'),
    );
  }
  const limit = maxBytes || systemBytes;
  const part = limit > 0 ? usedBytes / limit : 0;
  if (part > warnPart) {
    const whose = maxBytes > 0 ? 'maxmemory' : 'its machine’s memory';
    const what = `it uses ${Math.round(part * 100)} % of ${whose} (${megabytes(usedBytes)} of ${megabytes(limit)})`;
    const judge = part > errorPart ? error : warn;
    findings.push(judge(name, what, 'raise it: when it is full, new rooms go unrecorded'));
  }
  return findings;
}

function judgeReplicas(name: string, { role, replicas: found }: RedisFacts, wanted: number): Finding[] {
  if (role !== 'master') {
    return [
      error(
        name,
        `is a ${role}, and takes no writes`,
        'point redis.url at the primary, or name the Sentinels',
      ),
    ];
  }
  const findings: Finding[] = [];
  const online = found.filter((replica) => replica.online);
  if (online.length < wanted) {
    const what = `${online.length} replicas are connected, and ${wanted} must hold every claim`;
    findings.push(error(name, what, 'start or reconnect them: until then new rooms go by their buckets'));
  }
  for (const replica of found) {
    const { lagSeconds, behindBytes } = replica;
    if (replica.online && lagSeconds <= maxLagSeconds && behindBytes <= maxBehindBytes) continue;
    const what = replica.online
      ? `is ${lagSeconds} s and ${behindBytes} bytes behind its primary`
      : 'is connected, but not in step yet';
    findings.push(
      warn(
        `replica ${replica.name}`,
        what,
        'see its log and its machine: a failover to it would lose claims',
      ),
    );
  }
  return findings;
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1_000_000)} MB`;
}
