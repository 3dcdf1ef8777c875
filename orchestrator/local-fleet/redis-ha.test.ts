import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseFleet } from '../fleet/read-fleet.ts';
import { fleetPaths } from './paths.ts';
import { asStarted, keepRedisHa, withRedisHa } from './redis-ha.ts';

function fleetWith(redis: string, api = 8_700): ReturnType<typeof parseFleet> {
  return parseFleet(
    'fleet.yaml',
    `name: local
redis: ${redis}
orchestrator: { api: "127.0.0.1:${api}" }
proxies: [{ name: p, bind: "127.0.0.1:2", stats: "127.0.0.1:3", agent: { spoe: "127.0.0.1:4", http: "127.0.0.1:5" } }]
`,
  );
}

describe('withRedisHa', () => {
  it('puts replicas and Sentinels on the ports after the one of redis.url', () => {
    const { redis } = withRedisHa(fleetWith('{ url: "redis://:secret@localhost:6390" }'));
    expect(redis.url).toBeUndefined();
    expect(redis.nodes?.map(({ port }) => port)).toEqual([6_390, 6_391, 6_392]);
    expect(redis.sentinels?.map(({ port }) => port)).toEqual([6_393, 6_394, 6_395]);
    expect(redis).toMatchObject({ replicas: 1, password: 'secret', sentinelPassword: 'secret' });
  });

  it('leaves a fleet with nodes of its own as it is', () => {
    const three = (from: number) => JSON.stringify([0, 1, 2].map((offset) => ({ port: from + offset })));
    const fleet = fleetWith(`{ nodes: ${three(1_000)}, sentinels: ${three(2_000)} }`);
    expect(withRedisHa(fleet)).toBe(fleet);
  });

  it.each([
    ['that others run', '{ url: "redis://10.0.0.5:6390" }', 8_700, /others run/],
    ['that others’ Sentinels watch', '{ sentinels: [{ port: 26379 }] }', 8_700, /others run/],
    [
      'beside a port in use',
      '{ url: "redis://127.0.0.1:6390" }',
      6_392,
      /port 6392 is already that of redis.nodes.2/,
    ],
    ['on the last port', '{ url: "redis://127.0.0.1:65535" }', 8_700, /65535/],
  ])('refuses a Redis %s', (_, redis, api, message) => {
    expect(() => withRedisHa(fleetWith(redis, api))).toThrow(message);
  });
});

describe('asStarted', () => {
  it('tells all processes of the fleet of `--redis-ha`, until Redis’s folder is made anew', async () => {
    const paths = fleetPaths(await mkdtemp(join(tmpdir(), 'usher-ha-')));
    const fleet = fleetWith('{ url: "redis://127.0.0.1:6390" }');
    try {
      await mkdir(paths.redis);
      expect(asStarted(fleet, paths)).toBe(fleet);
      await keepRedisHa(paths);
      expect(asStarted(fleet, paths)).toEqual(withRedisHa(fleet));
      await rm(paths.redis, { recursive: true });
      expect(asStarted(fleet, paths)).toBe(fleet);
    } finally {
      await rm(paths.state, { recursive: true });
    }
  });
});
