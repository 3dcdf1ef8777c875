import type { FeedEvent } from './feed-event.ts';
import { type Incarnation, type PerShard, type Shard, shardOf } from './shards.ts';
import { initialTable, type Operation, type Placement, type Table } from './table/table.ts';

/** An entry of rooms.map: a shard's incarnation, or a tombstone. */
export type RoomEntry = Incarnation | '?' | null;

/** An entry of buckets.map: a preferred shard, or the old one while the bucket is on hold. */
export type BucketEntry = Incarnation | `!${Incarnation}` | null;

/** What one proxy's maps say. All rooms are of one bucket. */
export interface Maps {
  rooms: RoomEntry[];
  bucket: BucketEntry;
  slots: PerShard<Incarnation | null>;
}

/** One HAProxy with its agent. Agent 0 keeps proxy 0. */
export interface ProxyState {
  agent: 'following' | 'cut' | 'dead';
  /** Does the agent know the table, or must it read it whole? */
  inStep: boolean;
  /** Feed events that the agent has not taken yet: its position. */
  unread: FeedEvent[];
  /** What the agent wants the maps to hold, and what HAProxy holds unless `maps` says otherwise. */
  memory: Maps;
  /** What HAProxy holds when it differs: it was restarted. */
  maps: Maps | null;
  /** What the map files hold when they are behind `memory`. */
  files: Maps | null;
}

/** A worker that a reload left behind: requests on its old connections read its maps. */
export interface OldWorker {
  proxy: number;
  /** What it holds when it differs from its agent's memory. */
  maps: Maps | null;
}

/** The number by which participants name the old worker; smaller ones are proxies. */
export const oldWorkerNumber = 2;

/** Somebody who joins rooms and leaves them, again and again. `proxy` is the worker that serves the request. */
export type Participant =
  | { at: 'home' }
  | { at: 'asking'; room: number; proxy: number; answer: Incarnation | null }
  /** Between the two look-ups of the fallback; `bucket` is what the first one found. */
  | { at: 'falling'; room: number; proxy: number; bucket: Incarnation | null }
  /** Sent by the room's entry, and not there yet. */
  | { at: 'routed'; room: number; proxy: number; to: Incarnation }
  /** `proxy` only where sessions may be shut. */
  | { at: 'meeting'; room: number; shard: Shard; proxy: number | null };

/** A shard itself, whatever the table says of it. */
export interface Prosody {
  /** `gone`: its driver proved the instance destroyed. */
  state: 'runs' | 'died' | 'gone';
  /** Rooms in which it still shows somebody whose session was shut. */
  ghosts: boolean[];
}

/** A rebuild of the table under way. */
export interface Rebuild {
  /** By agent. */
  reported: boolean[];
  entries: RoomEntry[];
  /** What agents answered within the last G. */
  answers: (Incarnation | null)[];
  buckets: BucketEntry[];
  /** What the censuses show that began after the last report. */
  shown: (Incarnation | null)[] | null;
}

/** What a mirror that lags behind says of the table. */
export interface View {
  placements: (Placement | null)[];
  operations: Pick<Operation, 'id' | 'phase'>[];
}

/** Everything at one moment. */
export interface World {
  table: Table;
  proxies: ProxyState[];
  oldWorker: OldWorker | null;
  participants: Participant[];
  prosodies: PerShard<Prosody>;
  /** The shard that its probes find down, rightly or not. */
  looksDown: Shard | null;
  /** A shard that one proxy alone cannot reach. */
  outOfReach: { proxy: number; shard: Shard } | null;
  /** The orchestrator's mirror while it lags behind. */
  view: View | null;
  /** Redis's replica while it lags behind. */
  replica: Table | null;
  rebuild: Rebuild | null;
  /** Rooms with a claim that timed out at its proxy and may still run. */
  lateClaims: boolean[];
  movesLeft: number;
  pinsLeft: number;
  retirementsLeft: number;
  removalsLeft: number;
  faultsLeft: number;
  /** Are sessions told apart by their proxies? */
  tellsSessions: boolean;
}

/** How large the world is. */
export interface Bounds {
  rooms: number;
  participants: number;
  moves: number;
  retirements: number;
  /** Moves that pin a room. */
  pins?: number;
  /** Drained shards that may be removed. */
  removals?: number;
}

/** All at home, nothing seated, the bucket prefers shard a on every proxy. */
export function initialWorld(bounds: Bounds, faults: number, tellsSessions: boolean): World {
  const each = <T>(value: T) => new Array<T>(bounds.rooms).fill(value);
  const proxy = (): ProxyState => ({
    agent: 'following',
    inStep: true,
    unread: [],
    memory: { rooms: each(null), bucket: 'a.1', slots: { a: 'a.1', b: 'b.1' } },
    maps: null,
    files: null,
  });
  return {
    table: initialTable(bounds.rooms),
    proxies: [proxy(), proxy()],
    oldWorker: null,
    participants: new Array<Participant>(bounds.participants).fill({ at: 'home' }),
    prosodies: {
      a: { state: 'runs', ghosts: each(false) },
      b: { state: 'runs', ghosts: each(false) },
    },
    looksDown: null,
    outOfReach: null,
    view: null,
    replica: null,
    rebuild: null,
    lateClaims: each(false),
    movesLeft: bounds.moves,
    pinsLeft: bounds.pins ?? 0,
    retirementsLeft: bounds.retirements,
    removalsLeft: bounds.removals ?? 0,
    faultsLeft: faults,
    tellsSessions,
  };
}

/** What HAProxy holds; an old worker of it counts as one more proxy. */
export function mapsOf(world: World, worker: number): Maps {
  const { oldWorker } = world;
  const old = worker === oldWorkerNumber ? oldWorker : null;
  const proxy = world.proxies[old ? old.proxy : worker];
  if (!proxy) throw new Error(`no proxy ${worker}`);
  return old ? (old.maps ?? proxy.memory) : (proxy.maps ?? proxy.memory);
}

/** The numbers of all that serve requests. */
export function workersOf({ oldWorker }: World): number[] {
  return oldWorker ? [0, 1, oldWorkerNumber] : [0, 1];
}

/** Where the entry leads, if its slot stands: slots.map. */
export function resolve(maps: Maps, entry: RoomEntry | BucketEntry): Incarnation | null {
  if (entry === null || entry === '?' || isHeld(entry)) return null;
  return maps.slots[shardOf(entry)] === entry ? entry : null;
}

/** Does the bucket's entry say that it is on hold? */
export function isHeld(entry: RoomEntry | BucketEntry): entry is `!${Incarnation}` {
  return entry?.startsWith('!') ?? false;
}

/** Can this agent read and write the table? */
export function reaches(world: World, agent: number): boolean {
  return world.table.up && world.table.blessed && world.proxies[agent]?.agent === 'following';
}
