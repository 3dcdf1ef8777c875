import { Agent } from 'node:http';
import { between, type Random, seededRandom } from '../../../common/random.ts';
import { firstJoin } from './first-join.ts';

/** New rooms that people enter at the same moment through different proxies. */
export interface JoinRoomsOptions {
  proxies: readonly { host: string; port: number }[];
  rooms: number;
  /** Rooms begin with it; another one makes the rooms new again. */
  prefix?: string;
  /** Same seed, same participants at the same proxies. */
  seed?: number;
  /** Rooms entered at once. */
  inFlight?: number;
  /** Participants of a room, all at once: as many as lie between these. */
  participants?: { min: number; max: number };
  /** Asked with `?room=`. */
  path?: string;
  /** How long one participant keeps trying, in milliseconds. */
  patienceMs?: number;
  signal?: AbortSignal;
  /** Told after each room how many are done, to set off a fault in mid-run. */
  onProgress?: (roomsDone: number) => void;
}

/** Where a room's participants came to sit. */
export interface RoomOutcome {
  room: string;
  /** Each participant's shard, in the order of joining; undefined for one who got none. */
  shards: (string | undefined)[];
}

/** What the clients saw, and nothing the fleet says of itself. */
export interface JoinRoomsResult {
  rooms: number;
  participants: number;
  /** Rooms whose participants sit on more than one shard. */
  split: number;
  /** Participants without a shard when their patience ended. */
  refused: number;
  /** 503s and broken connections after which a participant tried again. */
  retries: number;
  /** Per participant who got a shard, waits included, in milliseconds. */
  firstJoinMs: number[];
  outcomes: RoomOutcome[];
}

/** Seats new rooms by plain HTTP/1.1 requests, `inFlight` rooms at a time. */
export async function joinRooms(options: JoinRoomsOptions): Promise<JoinRoomsResult> {
  const random = seededRandom(options.seed ?? 1);
  const { min, max } = options.participants ?? { min: 2, max: 4 };
  const prefix = options.prefix ?? 'split';
  // Drawn before the first request: what the network does must not change who goes where.
  const plan = Array.from({ length: options.rooms }, (_, index) => ({
    room: `${prefix}-${index}`,
    proxies: Array.from({ length: between(random, min, max) }, () => pick(options.proxies, random)),
  }));
  const agent = new Agent({ keepAlive: true });
  const path = options.path ?? '/conference-request/v1';
  const patienceMs = options.patienceMs ?? 20_000;
  const signal = options.signal ? { signal: options.signal } : {};
  const result = emptyResult();
  const rooms = plan.values();
  const worker = async () => {
    for (const { room, proxies } of rooms) {
      if (options.signal?.aborted) return;
      const target = `${path}?room=${encodeURIComponent(room)}`;
      const joins = await Promise.all(
        proxies.map(({ host, port }) =>
          firstJoin({ agent, host, port, path: target, patienceMs, ...signal }),
        ),
      );
      for (const { shard, refusals, tookMs } of joins) {
        if (shard === undefined) result.refused += 1;
        else result.firstJoinMs.push(tookMs);
        result.retries += refusals;
      }
      result.outcomes.push({ room, shards: joins.map(({ shard }) => shard) });
      result.participants += joins.length;
      result.rooms += 1;
      options.onProgress?.(result.rooms);
    }
  };
  try {
    await Promise.all(Array.from({ length: options.inFlight ?? 100 }, worker));
  } finally {
    agent.destroy();
  }
  result.split = countSplit(result.outcomes);
  return result;
}

/** What is known before anybody has joined. */
export function emptyResult(): JoinRoomsResult {
  return {
    rooms: 0,
    participants: 0,
    split: 0,
    refused: 0,
    retries: 0,
    firstJoinMs: [],
    outcomes: [],
  };
}

/** Rooms with participants on more than one shard; one who got no shard splits nothing. */
export function countSplit(outcomes: readonly RoomOutcome[]): number {
  return outcomes.filter(({ shards }) => new Set(shards.filter((shard) => shard !== undefined)).size > 1)
    .length;
}

function pick<T>(choices: readonly T[], random: Random): T {
  const choice = choices[between(random, 0, choices.length - 1)];
  if (choice === undefined) throw new RangeError('no proxies to join through');
  return choice;
}
