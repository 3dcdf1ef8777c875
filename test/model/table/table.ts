import type { Incarnation, PerShard, Shard } from '../shards.ts';

/** `seated` is the table's `claimed` or `live`: they differ in a deadline, and here time may always have passed. */
export interface Placement {
  shard: Incarnation;
  state: 'seated' | 'lingering' | 'retiring';
  /** The retirement that it is part of. */
  operation: string | null;
}

/** A change that every agent must acknowledge before its next step. */
export interface Operation {
  id: string;
  kind: 'move' | 'retire' | 'shard-down' | 'take-out';
  phase: 'hold' | 'release' | 'tombstone' | 'out';
  /** By agent. */
  acks: boolean[];
  /** The move's target, or the shard that goes. */
  shard: Shard | null;
  /** The room that the move pins to its target; the bucket stays. */
  pin: number | null;
  /** Was there a census that covers the acknowledged phase? The orchestrator's memory. */
  covered: boolean;
  /** Rooms that it showed without a placement, and where. */
  shown: (Incarnation | null)[];
}

/** A shard's record, as far as the protocol needs it. */
export interface ShardRecord {
  incarnation: number;
  admitted: boolean;
  observed: 'ready' | 'down';
  removed: boolean;
}

/** The stick table in Redis. */
export interface Table {
  up: boolean;
  /** Is this the Redis whose table is whole? */
  blessed: boolean;
  /** Null once it was lost. */
  preference: Shard | null;
  placements: (Placement | null)[];
  operations: Operation[];
  shards: PerShard<ShardRecord>;
}

/** Before the first room: the bucket prefers shard a. */
export function initialTable(rooms: number): Table {
  const ready: ShardRecord = { incarnation: 1, admitted: true, observed: 'ready', removed: false };
  return {
    up: true,
    blessed: true,
    preference: 'a',
    placements: new Array<null>(rooms).fill(null),
    operations: [],
    shards: { a: ready, b: ready },
  };
}

/** `a.2`: the shard's present life. */
export function incarnationOf(table: Table, shard: Shard): Incarnation {
  return `${shard}.${table.shards[shard].incarnation}`;
}

/** shared.lua: may this shard be given rooms? */
export function usable(table: Table, shard: Shard | null): shard is Shard {
  return shard !== null && table.shards[shard].admitted && !table.shards[shard].removed;
}
