import { Agent } from 'node:http';
import { between, seededRandom } from '../../../common/random.ts';
import { sleep } from '../../../common/time.ts';
import type { Address } from '../../../haproxy/config/address.ts';
import { firstJoin } from '../../bench/split/first-join.ts';

/** What a load saw of rooms that were seated already, and of those it seated. */
export interface LoadResult {
  /** Answers for rooms whose shard was known. */
  readonly answers: number;
  /** Rooms that joined while the load went on. */
  readonly joined: number;
  /** Refusals and broken connections after which the same room was asked for again. */
  readonly retries: number;
  /** Rooms that nobody answered for within 20 s. */
  readonly lost: readonly string[];
  /** `room: eu-1, then eu-2 at 127.0.0.1:10080`: none may be. */
  readonly moved: readonly string[];
}

const workers = 16;
const pauseMs = 4;
const patienceMs = 20_000;
/** One of so many requests is for a new room. */
const newEvery = 10;

/**
 * Asks again and again for the rooms of `seats` (room -> shard), over all proxies, half on connections that live on
 * and half on new ones, and seats further rooms over two proxies at once, until `signal` aborts. New rooms are
 * added to `seats`.
 */
export async function steadyLoad(
  proxies: readonly Address[],
  seats: Map<string, string>,
  signal: AbortSignal,
): Promise<LoadResult> {
  const kept = new Agent({ keepAlive: true });
  const fresh = new Agent({ keepAlive: false });
  const known = [...seats.keys()];
  const result = { answers: 0, joined: 0, retries: 0, lost: [] as string[], moved: [] as string[] };

  const ask = async (room: string, proxy: Address, agent: Agent) => {
    const path = `/conference-request/v1?room=${room}`;
    const { shard, refusals } = await firstJoin({ agent, ...proxy, path, patienceMs });
    result.retries += refusals;
    const before = seats.get(room);
    if (shard === undefined) result.lost.push(room);
    else if (before === undefined) seats.set(room, shard);
    else if (before === shard) result.answers += 1;
    else result.moved.push(`${room}: ${before}, then ${shard} at ${proxy.host}:${proxy.port}`);
  };

  const worker = async (seed: number) => {
    const random = seededRandom(seed);
    const any = <T>(choices: readonly T[]) => choices[between(random, 0, choices.length - 1)] as T;
    while (!signal.aborted) {
      const agent = any([kept, fresh]);
      if (between(random, 1, newEvery) > 1) {
        await ask(any(known), any(proxies), agent);
      } else {
        result.joined += 1;
        const room = `joined-${result.joined}`;
        await Promise.all(proxies.map((proxy) => ask(room, proxy, agent)));
        known.push(room);
      }
      await sleep(pauseMs);
    }
  };

  try {
    await Promise.all(Array.from({ length: workers }, (_, index) => worker(index + 1)));
  } finally {
    kept.destroy();
    fresh.destroy();
  }
  return result;
}
