import { stat } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLogger } from '../../common/log.ts';
import { waitFor } from '../../common/time.ts';
import type { Address } from '../../haproxy/config/address.ts';
import { askRedis } from '../../haproxy/stick-table/ask-redis.ts';
import { type RedisSet, startRedisSet } from '../../test/fleet/redis-set.ts';
import { redisProcesses } from './redis-processes.ts';
import { configurationFile } from './redis-servers.ts';
import { keepRunning } from './supervise-fleet.ts';

const password = 'it\'s "secret" \\ #';
let set: RedisSet;
let stop: AbortController;
let kept: Promise<unknown>;

beforeEach(async () => {
  set = await startRedisSet(
    `, password: ${JSON.stringify(password)}, sentinelPassword: ${JSON.stringify(password)}`,
  );
  stop = new AbortController();
  const log = createLogger('test', 'silent');
  const { fleet, paths, processes } = set;
  const specs = redisProcesses(fleet, paths, processes, log);
  kept = Promise.all(specs.map((spec) => keepRunning(spec, processes, log, stop.signal)));
});

afterEach(async () => {
  stop.abort();
  await kept;
  await set.stop();
});

/** The primary, another one than `not`, once two replicas follow it. */
function wholeAround(not?: Address): Promise<Address> {
  const look = async () => {
    const primary = await set.primary();
    if (primary === undefined || primary.port === not?.port) return undefined;
    const info = await set.replication(primary).catch(() => '');
    return info.match(/state=online/g)?.length === 2 ? primary : undefined;
  };
  return waitFor(look, { timeoutMs: 40_000, everyMs: 100, describe: () => 'the set is not whole' });
}

describe('the supervisor of Redis with replicas', () => {
  it('brings a killed primary back as a replica, and nothing is lost', async () => {
    const { redis } = await set.connect();
    for (let number = 0; number < 100; number += 1) await redis.set(`key-${number}`, number);
    expect(await redis.wait(2, 1_000)).toBe(2);
    const first = await wholeAround();
    set.signal(set.nameOf(first), 'SIGKILL');
    const second = await wholeAround(first);
    expect(await set.replication(first)).toMatch(/^role:slave/m);
    // And the blessing and tenants of the table.
    for (const node of [first, second]) {
      expect(await askRedis(node, password, (one) => one.get('key-99'))).toBe('99');
    }
  });

  it('brings a killed replica and a killed Sentinel back', async () => {
    const first = await wholeAround();
    const replica = ['redis.1', 'redis.2', 'redis.3'].find((name) => name !== set.nameOf(first)) ?? '';
    set.signal('sentinel.2', 'SIGKILL');
    set.signal(replica, 'SIGKILL');
    await waitFor(
      () => (set.processes.isRunning('sentinel.2') && set.processes.isRunning(replica)) || undefined,
      { timeoutMs: 10_000, describe: () => 'not both run again' },
    );
    expect(await wholeAround()).toEqual(first);
  });

  it('comes to one primary again when all nodes were killed', async () => {
    const { redis } = await set.connect();
    await redis.set('key', 1);
    await wholeAround();
    for (const name of ['redis.1', 'redis.2', 'redis.3']) set.signal(name, 'SIGKILL');
    const primary = await wholeAround();
    expect(await askRedis(primary, password, (one) => one.get('key'))).toBeNull();
    // Written to again.
    const written = () => askRedis(primary, password, (one) => one.set('key', 2)).catch(() => undefined);
    await waitFor(written, { timeoutMs: 10_000, describe: () => 'the primary takes no writes' });
  }, 90_000);

  it('keeps passwords from everyone else', async () => {
    for (const name of ['redis.1', 'sentinel.1']) {
      const directory = `${set.paths.redis}/${name}`;
      expect((await stat(directory)).mode & 0o077).toBe(0);
      if (name === 'redis.1') expect((await stat(configurationFile({ directory }))).mode & 0o077).toBe(0);
    }
    expect(JSON.stringify(set.processes.list())).not.toContain('secret');
    await expect(askRedis(await wholeAround(), undefined, (redis) => redis.ping())).rejects.toThrow();
  });
});
