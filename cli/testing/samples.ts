import type { BridgeLoad } from '../../orchestrator/api/schema/bridges.ts';
import type { ProxyStatus } from '../../orchestrator/api/schema/proxies.ts';
import type { RoomStatus } from '../../orchestrator/api/schema/rooms.ts';
import type { ShardScale } from '../../orchestrator/api/schema/scale.ts';
import type { ShardStatus } from '../../orchestrator/api/schema/shards.ts';
import type { FleetEvent } from '../../orchestrator/events/schema.ts';
import type { FakeState } from './fake-api.ts';

/** A shard as the API tells of it: ready and in use, but for what is given. */
export function shard(name: string, more: Partial<ShardStatus> = {}): ShardStatus {
  return {
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
    buckets: 512,
    rooms: 2,
    participants: 7,
    signalling: null,
    web: 'http://127.0.0.1:20001',
    imageTag: null,
    bridges: [{ name: `${name}-jvb-1`, rest: 'http://127.0.0.1:20002' }],
    ...more,
  };
}

/** An open bridge of eu-1 with two meetings, but for what is given. */
export function bridge(name: string, more: Partial<BridgeLoad> = {}): BridgeLoad {
  return {
    name,
    shard: 'eu-1',
    rest: 'http://127.0.0.1:20002',
    state: 'open',
    reason: '',
    word: null,
    localEndpoints: 7,
    conferences: 2,
    bitsPerSecond: 12_345_678,
    ...more,
  };
}

/** How a shard's bridges are scaled, before there is a decision, but for what is given. */
export function shardScale(name: string, more: Partial<ShardScale> = {}): ShardScale {
  const nothing = { noScaleDown: false, paused: false, expected: 0 };
  return {
    name,
    policy: { name: 'forecast', options: {} },
    bridgeMbps: 400,
    mbpsPerParticipant: 4,
    timeZone: 'UTC',
    scaledElsewhere: false,
    bridges: 3,
    openBridges: 2,
    load: 1.2,
    limits: { min: 2, max: 8, ...nothing, reasons: ['at least 2 by BRIDGES of its overlay'] },
    schedules: [],
    events: [],
    floors: [],
    decision: null,
    ...more,
  };
}

/** A room on eu-1, seated half an hour ago. */
export function room(key: string, more: Partial<RoomStatus> = {}): RoomStatus {
  const seatedAt = new Date(Date.now() - 1_800_000).toISOString();
  return { room: key, shard: 'eu-1.1', state: 'live', seatedAt, participants: 3, ...more };
}

/** A decision that was done, but for what is given. */
export function event(action: string, more: Partial<FleetEvent> = {}): FleetEvent {
  const nothing = { shards: [], rooms: [], inputs: {}, candidates: [], leftOut: {} };
  const at = '2026-01-02T03:04:05.000Z';
  return { at, actor: 'orchestrator', action, reason: 'because', outcome: 'ok', ...nothing, ...more };
}

/** A proxy in step, but for what is given. */
export function proxy(name: string, more: Partial<ProxyStatus> = {}): ProxyStatus {
  return {
    name,
    agent: '127.0.0.1:8301',
    inStep: true,
    seenAt: new Date().toISOString(),
    error: null,
    haproxy: { pid: 4711, version: '2.6.12' },
    entries: { rooms: 2, slots: 2, buckets: 1024, tenants: 0 },
    claims: { seated: 2, known: 5, refused: 0, failed: 0, joined: 0 },
    reloads: 0,
    ...more,
  };
}

/** A fleet of two shards and two proxies, with two rooms. */
export function fleetState(): FakeState {
  const silent = { inStep: false, error: 'does not answer', haproxy: null, entries: null, claims: null };
  const counts = { 'proxy-split': 0, 'shard-split': 0, missing: 0, stale: 0, unknown: 0 };
  const splits = { lookedAt: new Date().toISOString(), counts, suspected: 0 };
  return {
    splits: { ...splits, unread: [], splits: [] },
    fleet: {
      splits,
      fleet: 'temporary',
      orchestrators: [{ api: '127.0.0.1:8700', state: 'leads', reason: '' }],
      signalling: [],
      redis: { ok: true, reason: '', primary: '127.0.0.1:6390', replicas: 0, sentinels: null },
      rooms: 2,
      participants: 7,
      shards: [shard('eu-1'), shard('eu-2', { observed: 'degraded', reason: 'Jicofo answers 503' })],
      proxies: [proxy('proxy-1'), proxy('proxy-2', { ...silent, reloads: null })],
      operations: [
        {
          id: 'move-1',
          kind: 'move',
          phase: 'hold',
          startedAt: new Date().toISOString(),
          silent: ['proxy-2'],
        },
      ],
    },
    bridges: [],
    histories: [],
    rooms: [room('acme/stand-up'), room('/solo', { participants: null, state: 'claimed' })],
    explanation: undefined,
    events: [],
    diffs: [
      { proxy: 'proxy-1', differences: [] },
      { proxy: 'proxy-2', differences: [] },
    ],
  };
}
