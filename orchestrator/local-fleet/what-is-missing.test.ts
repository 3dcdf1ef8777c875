import { describe, expect, it } from 'vitest';
import { shardSpec } from '../../shards/spec/schema.ts';
import type { FleetStatus } from '../api/schema/fleet.ts';
import type { ProxyStatus } from '../api/schema/proxies.ts';
import type { ShardStatus } from '../api/schema/shards.ts';
import { parseFleet } from '../fleet/read-fleet.ts';
import { complaintsOf, whatIsMissing } from './what-is-missing.ts';

const fleet = parseFleet(
  'fleet.yaml',
  `name: local
redis: { url: redis://127.0.0.1:1 }
orchestrator: { api: 127.0.0.1:2 }
proxies:
  - { name: one, bind: "127.0.0.1:3", stats: "127.0.0.1:4", agent: { spoe: "127.0.0.1:5", http: "127.0.0.1:6" } }
pools: [main, big]
`,
);
const spec = (name: string, over: object = {}) =>
  shardSpec.parse({ name, region: 'eu', bridges: { min: 1, max: 1 }, ...over });
const shards = [spec('eu-1'), spec('us-1', { pool: 'big' }), spec('eu-2', { desired: 'cordoned' })];

const shard = (name: string, over: Partial<ShardStatus> = {}): ShardStatus => ({
  name,
  incarnation: `${name}.1`,
  region: 'eu',
  pool: 'main',
  desired: 'active',
  observed: 'ready',
  reason: '',
  admitted: true,
  removing: false,
  drained: false,
  deadline: null,
  force: false,
  imageTag: null,
  buckets: 1024,
  rooms: 0,
  participants: 0,
  signalling: null,
  web: 'http://127.0.0.1:7',
  bridges: [],
  ...over,
});
const proxy = (over: Partial<ProxyStatus> = {}): ProxyStatus => ({
  name: 'one',
  agent: '127.0.0.1:6',
  inStep: true,
  seenAt: '2026-11-21T00:00:00.000Z',
  error: null,
  haproxy: { pid: 1, version: '2.6' },
  entries: null,
  claims: null,
  reloads: null,
  ...over,
});
const up: FleetStatus = {
  fleet: 'local',
  orchestrators: [{ api: '127.0.0.1:2', state: 'leads', reason: '' }],
  redis: { ok: true, reason: '', primary: '127.0.0.1:1', replicas: 0, sentinels: null },
  rooms: 0,
  participants: 0,
  signalling: [],
  shards: [shard('eu-1'), shard('us-1', { pool: 'big' }), shard('eu-2', { buckets: 0 })],
  proxies: [proxy()],
  operations: [],
  splits: {
    lookedAt: null,
    counts: { 'proxy-split': 0, 'shard-split': 0, missing: 0, stale: 0, unknown: 0 },
    suspected: 0,
  },
};
const withShard = (one: ShardStatus): FleetStatus => ({
  ...up,
  shards: up.shards.map((other) => (other.name === one.name ? one : other)),
});

describe('whatIsMissing', () => {
  it.each<[string, FleetStatus | undefined, string | undefined]>([
    ['nothing', up, undefined],
    ['the API', undefined, 'the orchestrator does not answer yet'],
    [
      'a standby',
      { ...up, orchestrators: [{ api: '127.0.0.1:9', state: 'away', reason: 'refused' }] },
      'waiting for orchestrators: 127.0.0.1:9',
    ],
    ['Redis', { ...up, redis: { ...up.redis, ok: false, reason: 'gone' } }, 'waiting for Redis: gone'],
    ['a shard that the table lacks', { ...up, shards: [shard('eu-1')] }, 'waiting for shards: us-1, eu-2'],
    [
      'a shard that is not ready',
      withShard(shard('eu-1', { observed: 'degraded', reason: 'jicofo: 503' })),
      'waiting for shards: eu-1',
    ],
    ['a slot', withShard(shard('eu-2', { admitted: false })), 'waiting for shards: eu-2'],
    [
      'buckets of one pool',
      withShard(shard('us-1', { pool: 'big', buckets: 0 })),
      'waiting for the buckets of pool big to be spread',
    ],
    ['an agent', { ...up, proxies: [] }, 'waiting for proxies: one'],
    ['a HAProxy', { ...up, proxies: [proxy({ haproxy: null })] }, 'waiting for proxies: one'],
    ['the last acknowledgement', { ...up, proxies: [proxy({ inStep: false })] }, 'waiting for proxies: one'],
  ])('sees %s', (_, status, expected) => {
    expect(whatIsMissing(status, fleet, shards)).toBe(expected);
  });
});

describe('complaintsOf', () => {
  it('gives the reasons of shards that are not well', () => {
    expect(complaintsOf(withShard(shard('eu-1', { reason: 'jicofo: 503' })))).toEqual(['eu-1: jicofo: 503']);
    expect(complaintsOf(undefined)).toEqual([]);
  });
});
