import type { RequestListener } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { countSplit, joinRooms } from './clients.ts';
import { startShardWeb, startWeb, type TestWeb } from './test-web.ts';

const started: TestWeb[] = [];
afterEach(() => Promise.all(started.splice(0).map((web) => web.stop())));

async function web(starting: Promise<TestWeb>): Promise<TestWeb> {
  const one = await starting;
  started.push(one);
  return one;
}

const room: (url: string | undefined) => string = (url) =>
  new URL(url ?? '', 'http://localhost').searchParams.get('room') ?? '';

describe('joinRooms', () => {
  it('counts a room on two shards as split', async () => {
    const proxies = [await web(startShardWeb('eu-1')), await web(startShardWeb('eu-2'))];
    const result = await joinRooms({ proxies, rooms: 200, seed: 3 });
    const expected = result.outcomes.filter(({ shards }) => new Set(shards).size === 2).length;
    expect(result.split).toBe(expected);
    expect(result.split).toBeGreaterThan(100);
    expect(result.split).toBeLessThan(200);
    expect(result).toMatchObject({ rooms: 200, refused: 0, retries: 0 });
    expect(result.participants).toBe(result.firstJoinMs.length);
    expect(result.participants).toBeGreaterThan(500);
    expect(result.participants).toBeLessThan(700);
  });

  it('sends the same participants to the same proxies for the same seed', async () => {
    const proxies = [await web(startShardWeb('eu-1')), await web(startShardWeb('eu-2'))];
    const run = async (seed: number) => {
      const { outcomes } = await joinRooms({ proxies, rooms: 50, seed });
      return outcomes.toSorted((a, b) => a.room.localeCompare(b.room));
    };
    const first = await run(1);
    expect(await run(1)).toEqual(first);
    expect(await run(2)).not.toEqual(first);
  });

  it('joins all participants of a room at once, in at most so many rooms', async () => {
    const now = new Map<string, number>();
    const most = { rooms: 0, ofOneRoom: 0 };
    const listener: RequestListener = (request, response) => {
      const key = room(request.url);
      now.set(key, (now.get(key) ?? 0) + 1);
      most.rooms = Math.max(most.rooms, now.size);
      most.ofOneRoom = Math.max(most.ofOneRoom, now.get(key) ?? 0);
      setTimeout(() => {
        now.delete(key);
        response.setHeader('X-Jitsi-Shard', 'eu-1').end();
      }, 20);
    };
    const proxies = [await web(startWeb(listener))];
    await joinRooms({ proxies, rooms: 40, inFlight: 7 });
    expect(most).toEqual({ rooms: 7, ofOneRoom: 4 });
  });

  it('waits Retry-After and asks again', async () => {
    const asked = new Map<string, number>();
    const listener: RequestListener = (request, response) => {
      const key = room(request.url);
      const times = asked.get(key) ?? 0;
      asked.set(key, times + 1);
      if (times === 0) response.writeHead(503, { 'Retry-After': '1' }).end();
      else if (times === 1) request.socket.destroy();
      else response.setHeader('X-Jitsi-Shard', 'eu-1').end();
    };
    const proxies = [await web(startWeb(listener))];
    const result = await joinRooms({ proxies, rooms: 5, participants: { min: 1, max: 1 } });
    expect(result).toMatchObject({ rooms: 5, refused: 0, retries: 10, split: 0 });
    expect(Math.min(...result.firstJoinMs)).toBeGreaterThanOrEqual(1000);
  });

  it('counts as refused who never got a shard', async () => {
    const proxies = [
      await web(startWeb((_, response) => response.writeHead(503, { 'Retry-After': '60' }).end())),
    ];
    const result = await joinRooms({ proxies, rooms: 10, patienceMs: 1000 });
    expect(result).toMatchObject({ refused: result.participants, split: 0, firstJoinMs: [] });
  });

  it('does not take an answer for a shard that names none', async () => {
    const proxies = [await web(startWeb((_, response) => response.end()))];
    const result = await joinRooms({ proxies, rooms: 3, patienceMs: 100 });
    expect(result.refused).toBe(result.participants);
  });
});

describe('countSplit', () => {
  it.each([
    [['a', 'a'], 0],
    [['a', 'b'], 1],
    [['a', undefined], 0],
    [[undefined, undefined], 0],
  ])('of %j is %i', (shards, split) => {
    expect(countSplit([{ room: 'r', shards }])).toBe(split);
  });
});
