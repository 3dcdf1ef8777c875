import type { StickTableMirror } from '../../haproxy/stick-table/mirror.ts';
import { incarnationOf, type ShardRecord, shardNameOf } from '../../haproxy/stick-table/records.ts';
import { takesNewRooms } from '../buckets/decide-buckets.ts';
import type { Censuses } from '../rooms/census.ts';

/** What pins are decided by. */
export interface PinsInput {
  /** Room key -> shard name, as operators want it. */
  pins: ReadonlyMap<string, string>;
  mirror: StickTableMirror;
  censuses: Censuses;
}

/** Which pinned rooms are to be seated now, and what the others wait for. */
export interface PinsDecision {
  /** To be seated: room key -> incarnation. */
  due: Map<string, string>;
  /** Pins that are not followed now: room key -> why. */
  waiting: Map<string, string>;
}

/** Which pinned rooms must be seated, and why others cannot be. A room with people in it is never moved. */
export function decidePins({ pins, mirror, censuses }: PinsInput): PinsDecision {
  const due: PinsDecision['due'] = new Map();
  const waiting: PinsDecision['waiting'] = new Map();
  for (const [room, name] of pins) {
    const shard = mirror.shards.get(name);
    const placed = mirror.rooms.get(room)?.shard;
    if (shard && placed === incarnationOf(shard)) continue;
    const reason = whyNot(shard, name) ?? whereElse(room, placed, mirror, censuses);
    if (reason !== undefined) waiting.set(room, reason);
    else if (shard) due.set(room, incarnationOf(shard));
  }
  return { due, waiting };
}

/** Does the room keep its seat when its meeting ends? Not on a shard that is to be emptied. */
export function isKept(pins: ReadonlyMap<string, string>, mirror: StickTableMirror, room: string): boolean {
  const shard = mirror.shards.get(pins.get(room) ?? '');
  if (!shard || shard.removed || shard.removing || shard.desired === 'draining') return false;
  return mirror.rooms.get(room)?.shard === incarnationOf(shard);
}

function whyNot(shard: ShardRecord | undefined, name: string): string | undefined {
  if (!shard || shard.removed) return `there is no shard ${name}`;
  if (takesNewRooms(shard)) return undefined;
  const state = shard.desired === 'active' ? `${shard.observed} ${shard.reason}`.trim() : shard.desired;
  return `shard ${name} takes no new rooms: ${state}`;
}

function whereElse(
  room: string,
  placed: string | undefined,
  mirror: StickTableMirror,
  censuses: Censuses,
): string | undefined {
  const live = [...censuses].find(([, { rooms }]) => rooms.has(room))?.[0];
  if (live !== undefined) return `it is live on ${live}, and stays there until it ends`;
  const shard = placed === undefined ? undefined : mirror.shards.get(shardNameOf(placed));
  const holds = shard?.admitted && !shard.removed && incarnationOf(shard) === placed;
  return holds ? `it is seated on ${placed} until it ends` : undefined;
}
