/** The two shards. Shard faults and incarnations are not modelled yet. */
export type Shard = 'a' | 'b';

/** An entry of rooms.map: a shard, or a tombstone. */
export type RoomEntry = Shard | '?' | null;

/** An entry of buckets.map: a preferred shard, or the old one while the bucket is on hold. */
export type BucketEntry = Shard | '!a' | '!b' | null;

/** What one proxy's maps say. All rooms are of one bucket. */
export interface Maps {
  rooms: RoomEntry[];
  bucket: BucketEntry;
}

/** `seated` is the table's `claimed` or `live`: they differ in a deadline, and here time may always have passed. */
export interface Placement {
  shard: Shard;
  state: 'seated' | 'lingering' | 'retiring';
  /** The retirement that it is part of. */
  operation: string | null;
}

/** A change that every agent must acknowledge before its next step. */
export interface Operation {
  id: string;
  phase: 'hold' | 'release' | 'tombstone';
  /** By agent. */
  acks: boolean[];
  /** The move's target. */
  to: Shard | null;
  /** Was there a census that covers the acknowledged phase? The orchestrator's memory. */
  covered: boolean;
  /** Rooms that it showed without a placement, and where. */
  shown: (Shard | null)[];
}

/** What the feed says, as far as maps and acknowledgements need it. */
export type FeedEvent =
  | { type: 'seat'; room: number; shard: Shard }
  | { type: 'tombstone'; operation: string; room: number }
  | { type: 'deleted'; room: number }
  | { type: 'hold'; operation: string }
  | { type: 'prefer'; operation: string; shard: Shard };

/** The stick table in Redis. */
export interface Table {
  up: boolean;
  preference: Shard;
  placements: (Placement | null)[];
  operations: Operation[];
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

/** Somebody who joins rooms and leaves them, again and again. */
export type Participant =
  | { at: 'home' }
  | { at: 'asking'; room: number; proxy: number; answer: Shard | null }
  /** Between the two look-ups of the fallback; `bucket` is what the first one found. */
  | { at: 'falling'; room: number; proxy: number; bucket: Shard | null }
  | { at: 'meeting'; room: number; shard: Shard };

/** Everything at one moment. */
export interface World {
  table: Table;
  proxies: ProxyState[];
  participants: Participant[];
  /** Rooms with a claim that timed out at its proxy and may still run. */
  lateClaims: boolean[];
  movesLeft: number;
  retirementsLeft: number;
  faultsLeft: number;
}

/** How large the world is. */
export interface Bounds {
  rooms: number;
  participants: number;
  moves: number;
  retirements: number;
}

/** All at home, nothing seated, the bucket prefers shard a on every proxy. */
export function initialWorld(bounds: Bounds, faults: number): World {
  const none = () => new Array<null>(bounds.rooms).fill(null);
  const proxy = (): ProxyState => ({
    agent: 'following',
    inStep: true,
    unread: [],
    memory: { rooms: none(), bucket: 'a' },
    maps: null,
    files: null,
  });
  return {
    table: { up: true, preference: 'a', placements: none(), operations: [] },
    proxies: [proxy(), proxy()],
    participants: new Array<Participant>(bounds.participants).fill({ at: 'home' }),
    lateClaims: new Array<boolean>(bounds.rooms).fill(false),
    movesLeft: bounds.moves,
    retirementsLeft: bounds.retirements,
    faultsLeft: faults,
  };
}

/** What HAProxy holds. */
export function mapsOf(proxy: ProxyState): Maps {
  return proxy.maps ?? proxy.memory;
}

/** Can this agent read and write the table? */
export function reaches(world: World, agent: number): boolean {
  return world.table.up && world.proxies[agent]?.agent === 'following';
}
