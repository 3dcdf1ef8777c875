import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ProcessDirectory } from '../../shards/local/process/process-directory.ts';
import { freePort } from '../../test/real/free-port.ts';
import { startRedis as startTestRedis } from '../../test/real/redis.ts';
import { parseFleet } from '../fleet/read-fleet.ts';
import type { Fleet } from '../fleet/schema.ts';
import { isRedisBlessed, startRedis } from './fleet-redis.ts';
import { ownRedis } from './own-redis.ts';
import { type FleetPaths, fleetPaths } from './paths.ts';

const { signal } = new AbortController();
let paths: FleetPaths;
let processes: ProcessDirectory;

beforeEach(async () => {
  paths = fleetPaths(await mkdtemp(join(tmpdir(), 'usher-redis-')));
  await mkdir(paths.redis);
  processes = new ProcessDirectory(paths.state);
});

afterEach(async () => {
  await processes.stop('redis', 0);
  await rm(paths.state, { recursive: true, force: true });
});

function fleetWith(redis: string): Fleet {
  return parseFleet(
    'fleet.yaml',
    `name: local
redis: ${redis}
orchestrator: { api: 127.0.0.1:1 }
proxies: [{ name: p, bind: "127.0.0.1:2", stats: "127.0.0.1:3", agent: { spoe: "127.0.0.1:4", http: "127.0.0.1:5" } }]
tenants: { acme: main }
`,
  );
}

describe('ownRedis', () => {
  it.each([
    ['{ url: redis://127.0.0.1:6390 }', { host: '127.0.0.1', port: 6390 }],
    ['{ url: redis://localhost }', { host: '127.0.0.1', port: 6379 }],
    ['{ url: "redis://[::1]:1" }', { host: '::1', port: 1 }],
    ['{ url: redis://10.0.0.5:6390 }', undefined],
    ['{ url: rediss://127.0.0.1:6390 }', undefined],
    ['{ url: redis://127.0.0.1:6390, username: usher }', undefined],
    ['{ sentinels: [{ port: 26379 }] }', undefined],
  ])('of %s is %j', (settings, expected) => {
    expect(ownRedis(fleetWith(settings))?.nodes[0]).toEqual(expected);
  });
});

describe('startRedis', () => {
  it('starts a Redis that drops nothing and writes nothing, and takes it into use', async () => {
    const port = await freePort();
    const password = 'it\'s "secret" \\ #';
    const fleet = fleetWith(
      JSON.stringify({ url: `redis://:${encodeURIComponent(password)}@127.0.0.1:${port}` }),
    );
    await startRedis(fleet, paths, processes, signal);
    expect(await isRedisBlessed(fleet)).toBe(true);
    expect(JSON.stringify(processes.find('redis'))).not.toContain('secret');
    const redis = new Redis({ port, password });
    try {
      expect(await redis.config('GET', 'maxmemory-policy')).toEqual(['maxmemory-policy', 'noeviction']);
      expect(await redis.config('GET', 'save')).toEqual(['save', '']);
      expect(await redis.config('GET', 'bind')).toEqual(['bind', '127.0.0.1']);
      expect(await redis.hgetall('usher:{local}:tenants')).toEqual({ acme: 'main' });
    } finally {
      redis.disconnect();
    }
  });

  it('does not start another’s Redis, and says when it is out of reach, without the password', async () => {
    const fleet = fleetWith(`{ url: "redis://usher:secret@127.0.0.1:${await freePort()}" }`);
    const started = startRedis(fleet, paths, processes, signal);
    await expect(started).rejects.toThrow(
      /^Redis at 127.0.0.1:\d+, the fleet file's redis.url, does not answer/,
    );
    expect(processes.list()).toEqual([]);
    expect(await isRedisBlessed(fleet)).toBe(false);
  });

  it('does not take a Redis into use that has lost its blessing', async () => {
    const redis = await startTestRedis();
    try {
      const { redis: client } = await redis.connect();
      await client.hset('usher:{local}:rooms', '/x', 'eu-1.1 live 1');
      const fleet = fleetWith(`{ url: "${redis.url.replace('//', '//default:@')}" }`);
      await expect(startRedis(fleet, paths, processes, signal)).rejects.toThrow(/cannot be used: .*rebuilt/);
    } finally {
      await redis.stop();
    }
  });
});
