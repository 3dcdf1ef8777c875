import { digestRooms } from '../../haproxy/agent/room-digests.ts';
import { type AgentDigests, agentDigests, agentRooms } from '../../haproxy/agent/status.ts';
import { bucketCount } from '../../haproxy/room-key/room-key.ts';
import type { StickTableMirror } from '../../haproxy/stick-table/mirror.ts';
import { incarnationOf } from '../../haproxy/stick-table/records.ts';
import { askAgent } from '../api/ask-agent.ts';
import type { Control } from '../control/control.ts';
import { isKept } from '../pins/decide-pins.ts';
import type { Unread } from './split-book.ts';
import { type ProxyReading, type SplitView, tableEntry } from './split-view.ts';

/** Two censuses must have begun within so many of their intervals, and the time of one that is slow. */
const freshIntervals = 4;
const slowCensusMs = 10_000;
/** A million rooms take an agent about three seconds to digest, on a machine that does nothing else. */
const readTimeoutMs = 20_000;
/** Buckets read at once, and rooms in them: the rest waits for the next look. */
const maxBuckets = 64;
const maxRooms = 10_000;

/** Reads all that the detector compares, and says what could not be read. Throws when Redis is out of reach. */
export async function readSplitView(
  control: Control,
  mirror: StickTableMirror,
): Promise<{ view: SplitView; unread: Unread[] }> {
  const unread: Unread[] = [];
  const agents = await control.table.agents();
  const { digests } = await digestRooms(tableEntries(mirror));
  const proxies = new Map<string, ProxyReading>();
  const readings = [...agents].map(async ([name, { http }]) => {
    const reading = await readProxy(http, digests);
    if (typeof reading === 'string') unread.push({ where: name, reason: reading });
    else proxies.set(name, reading);
  });
  await Promise.all(readings);
  const censuses = control.censuses.lastTwo(
    Date.now() - freshIntervals * control.fleet.timings.censusEveryMs - slowCensusMs,
  );
  const present = [...mirror.shards.values()].filter(({ removed }) => !removed);
  const shards = new Map(present.map((shard) => [incarnationOf(shard), { admitted: shard.admitted }]));
  for (const shard of shards.keys()) {
    if (!censuses.has(shard)) unread.push({ where: shard, reason: 'it has no two fresh censuses' });
  }
  const kept = new Set([...control.pins.keys()].filter((room) => isKept(control.pins, mirror, room)));
  return { view: { rooms: mirror.rooms, kept, shards, proxies, censuses }, unread };
}

/** What a proxy holds where it differs from the table, or why that cannot be told. */
async function readProxy(http: string, expected: readonly number[]): Promise<ProxyReading | string> {
  const answer = await askAgent(http, '/v1/rooms/digests', agentDigests, { timeoutMs: readTimeoutMs });
  if (!answer.ok) return answer.reason;
  const slots = new Set(answer.value.slots);
  const buckets = differing(answer.value, expected);
  if (buckets.length === 0) return { slots, buckets: new Set(), rooms: new Map() };
  const path = `/v1/rooms?buckets=${buckets.join(',')}`;
  const rooms = await askAgent(http, path, agentRooms, { timeoutMs: readTimeoutMs });
  if (!rooms.ok) return rooms.reason;
  if (!rooms.value.complete) return 'more rooms differ than one answer holds';
  return { slots, buckets: new Set(buckets), rooms: new Map(Object.entries(rooms.value.rooms)) };
}

function differing({ rooms, digests }: AgentDigests, expected: readonly number[]): number[] {
  const most = Math.floor((maxRooms * bucketCount) / Math.max(rooms, 1));
  return expected
    .flatMap((digest, bucket) => (digests[bucket] === digest ? [] : bucket))
    .slice(0, Math.max(1, Math.min(most, maxBuckets)));
}

function* tableEntries(mirror: StickTableMirror): Generator<readonly [string, string]> {
  for (const [room, placement] of mirror.rooms) {
    const entry = tableEntry(placement);
    if (entry !== undefined) yield [room, entry];
  }
}
