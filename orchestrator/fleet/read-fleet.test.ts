import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { applyChanges } from '../../shards/overlay/apply-changes.ts';
import { planAdd } from '../../shards/overlay/plan-add.ts';
import { shardSpec } from '../../shards/spec/schema.ts';
import { parseFleet, readFleet, readFleetShards } from './read-fleet.ts';

const minimal = `name: local
redis: { url: redis://127.0.0.1:6390 }
orchestrator: { api: 127.0.0.1:8700 }
proxies:
  - name: proxy-1
    bind: 127.0.0.1:8001
    stats: 127.0.0.1:8011
    agent: { spoe: 127.0.0.1:8021, http: 127.0.0.1:8031 }
`;

afterEach(() => vi.unstubAllEnvs());

function parse(from = '', to = ''): ReturnType<typeof parseFleet> {
  expect(minimal).toContain(from);
  return parseFleet('fleet.yaml', minimal.replace(from, to));
}

describe('parseFleet', () => {
  it('fills a minimal file', () => {
    expect(parse()).toMatchObject({
      name: 'local',
      driver: 'local',
      domain: 'meet.jitsi',
      redis: { url: 'redis://127.0.0.1:6390', tls: false },
      proxies: [
        { name: 'proxy-1', bind: [{ host: '127.0.0.1', port: 8001 }], agent: { spoe: { port: 8021 } } },
      ],
      pools: ['main'],
      tenants: {},
      timings: { graceMs: 60_000, censusesToEnd: 3 },
    });
  });

  it('takes the password of Redis from the environment', () => {
    vi.stubEnv('USHER_TEST_PASSWORD', 'secret');
    const fleet = parse('6390 }', '6390, password: { env: USHER_TEST_PASSWORD } }');
    expect(fleet.redis.password).toBe('secret');
  });

  it.each([
    ['an unknown key', 'name: local\n', 'name: local\ncolour: red\n', '2:1: unknown setting "colour"'],
    ['a key too deep', 'stats:', 'stat:', '7:5: unknown setting "proxies.0.stat"'],
    [
      'a missing part',
      'orchestrator: { api: 127.0.0.1:8700 }\n',
      '',
      '1:1: orchestrator: expected object; missing',
    ],
    [
      'no address',
      '127.0.0.1:8011',
      'here',
      '7:12: proxies.0.stats: expected HOST:PORT, as in .*; found "here"',
    ],
    ['no port', '127.0.0.1:8011', '127.0.0.1:70000', '7:12: .*expected a port from 1 to 65535; found "127'],
    [
      'no proxies',
      /proxies:[^$]*/.exec(minimal)?.[0] ?? '',
      'proxies: []\n',
      '4:10: .*at least one proxy; found \\[\\]',
    ],
    [
      'two ways to Redis',
      '6390 }',
      '6390, sentinels: [{port: 1}] }',
      '2:8: redis: give either url or sentinels',
    ],
    [
      'too few Sentinels of its own',
      'url: redis://127.0.0.1:6390',
      'nodes: [{port: 1}, {port: 2}, {port: 3}], sentinels: [{port: 4}]',
      '2:8: redis: nodes need three sentinels or more, so that most of them outlive one',
    ],
    [
      'a node elsewhere',
      'url: redis://127.0.0.1:6390',
      'nodes: [{port: 1}, {port: 2}, {port: 3, host: 10.0.0.5}], sentinels: [{port: 4}, {port: 5}, {port: 6}]',
      '2:40: redis.nodes.2: expected an address of this machine alone, as in 127.0.0.1; found "10.0.0.5"',
    ],
    [
      'a node on the port of a Sentinel',
      'url: redis://127.0.0.1:6390',
      'nodes: [{port: 1}, {port: 2}, {port: 3}], sentinels: [{port: 4}, {port: 5}, {port: 3}]',
      '2:\\d+: redis.sentinels.2: port 3 is already that of redis.nodes.2',
    ],
    [
      'a user of nodes of its own',
      'url: redis://127.0.0.1:6390',
      'username: usher, nodes: [{port: 1}, {port: 2}, {port: 3}], sentinels: [{port: 4}, {port: 5}, {port: 6}]',
      '2:20: redis.username: ',
    ],
    [
      'an unset variable',
      '6390 }',
      '6390, password: { env: NO_SUCH } }',
      '2:49: .*variable NO_SUCH is not set$',
    ],
    ['a number as name', 'name: local', 'name: 7', '1:7: name: expected string; found 7'],
    ['an unknown driver', 'name: local', 'name: a\ndriver: vm', '2:9: driver: .*"local".*; found "vm"'],
    [
      'a colliding port',
      ':8011',
      ':8021',
      '8:20: proxies.0.agent.spoe: port 8021 is already that of proxies.0.stats',
    ],
    ['a port on all', '127.0.0.1:8011', '0.0.0.0:6390', '7:12: .*port 6390 is already that of redis.url'],
    [
      'an unknown pool',
      'name: local',
      'name: a\ntenants: {acme: big}',
      '2:17: tenants.acme: expected one of main; found "big"',
    ],
    ['a pool twice', 'name: local', 'name: a\npools: [b, b]', '2:12: pools.1: stands twice; found "b"'],
    ['broken YAML', 'name: local', 'name: [', '2:'],
  ])('names the place of %s', (_, from, to, message) => {
    expect(() => parse(from, to)).toThrow(new RegExp(`fleet.yaml:${message}`));
  });

  it('lists all findings at once, and shows no password', () => {
    const wrong = minimal.replace('6390 }', '6390, password: [hidden] }').replace('name: proxy-1', 'name: P');
    const again = wrong.replace('stats: 127.0.0.1:8011', 'stats: x');
    expect(() => parseFleet('f', again)).toThrow(/f:2:\d+: .*\n.*f:5:11: .*\n.*f:7:12: /);
    expect(() => parseFleet('f', again)).not.toThrow(/hidden/);
  });
});

const inPods = `name: big
driver: kubernetes
redis:
  sentinels: [{ host: redis-0.redis.usher.svc, port: 26379 }]
  password: { env: USHER_TEST_PASSWORD }
orchestrator: { api: 0.0.0.0:8700 }
proxies:
  - name: proxy-0
    bind: 0.0.0.0:8080
    stats: 0.0.0.0:8404
    agent: { spoe: proxy-0.proxies.usher.svc:8200, http: proxy-0.proxies.usher.svc:8300 }
  - name: proxy-1
    bind: 0.0.0.0:8080
    stats: 0.0.0.0:8404
    agent: { spoe: proxy-1.proxies.usher.svc:8200, http: proxy-1.proxies.usher.svc:8300 }
`;

describe('a fleet in Kubernetes', () => {
  const parsePods = (from = '', to = '') => {
    expect(inPods).toContain(from);
    return parseFleet('fleet.yaml', inPods.replace(from, to));
  };

  it('may have the same ports in every pod, and a password that only pods know', () => {
    const { driver, redis } = parsePods();
    expect(driver).toBe('kubernetes');
    expect(redis.password).toBeUndefined();
    vi.stubEnv('USHER_TEST_PASSWORD', 'secret');
    expect(parsePods().redis.password).toBe('secret');
    expect(parsePods('password: {', 'sentinelPassword: {').redis.sentinelPassword).toBe('secret');
  });

  it.each([
    ['8404', '8200', '11:20: proxies.0.agent.spoe: port 8200 is already that of proxies.0.stats'],
    ['    stats: 0.0.0.0:8404\n', '', '8:5: proxies.0.stats: .*nobody outside its pod.*"127.0.0.1"'],
    ['proxy-0.proxies.usher.svc:8200', 'localhost:8200', '11:20: .*nobody outside its pod.*"localhost"'],
    ['host: redis-0.redis.usher.svc, ', '', '4:15: redis.sentinels.0: .*"127.0.0.1"'],
    [
      '0.0.0.0:8700',
      '[10.0.0.1:8700, 10.0.0.2:8700]',
      '6:22: .*expected one address.*found 10.0.0.1:8700, 10',
    ],
  ])('names the place of what cannot be: %s', (from, to, message) => {
    expect(() => parsePods(from, to)).toThrow(new RegExp(`fleet.yaml:${message}`));
  });

  it('says that its nodes are not its own, when it has sentinels enough', () => {
    const three = '[{ host: a, port: 1 }, { host: b, port: 1 }, { host: c, port: 1 }]';
    expect(() =>
      parsePods('[{ host: redis-0.redis.usher.svc, port: 26379 }]', `${three}\n  nodes: ${three}`),
    ).toThrow(/redis.nodes: in Kubernetes the StatefulSet redis runs them/);
  });
});

describe('a fleet folder', () => {
  it('is read with its shards, whose pools the fleet file must name', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'usher-fleet-'));
    try {
      await expect(readFleet(folder)).rejects.toThrow(/can't read the fleet file .*fleet.yaml/);
      await writeFile(join(folder, 'fleet.yaml'), minimal);
      await writeFile(join(folder, 'kustomization.yaml'), 'kind: Kustomization\n');
      const spec = shardSpec.parse({ name: 'eu-1', region: 'eu', bridges: { min: 1, max: 2 }, pool: 'big' });
      await applyChanges(await planAdd(folder, spec));
      const fleet = await readFleet(folder);
      await expect(readFleetShards(folder, fleet)).rejects.toThrow(
        /yaml:23:9: POOL: expected one of main; found "big"/,
      );
      expect(await readFleetShards(folder, { ...fleet, pools: ['main', 'big'] })).toEqual([spec]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
