import type { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askRedis } from '../../haproxy/stick-table/ask-redis.ts';
import {
  agreedPrimary,
  askSentinel,
  askSentinels,
  type SentinelView,
} from '../../haproxy/stick-table/sentinels.ts';
import { eventually, RedisPods, wholeWithinMs } from './redis-pods.ts';

let pods: RedisPods;

beforeAll(async () => {
  pods = await RedisPods.create();
});
afterAll(() => pods[Symbol.asyncDispose]());

function info(name: string): Promise<string> {
  return askRedis(pods.address(name), pods.password, (redis) => redis.info('replication'));
}

/** The primary, once all Sentinels name it and know each other, and both other nodes follow it. */
function whole(): Promise<string> {
  return eventually('whole', async () => {
    const views = await askSentinels(pods.settings);
    const primary = agreedPrimary(views, 3)?.host;
    if (views.length < 3 || primary === undefined) return undefined;
    if (views.some(({ primary: { host } }) => host !== primary)) return undefined;
    if (views.some(({ replicas, others }) => replicas !== 2 || others !== 2)) return undefined;
    if (!/^role:master/m.test(await info(primary))) return undefined;
    const replicas = await Promise.all(pods.names.filter((name) => name !== primary).map(info));
    const follow = replicas.every(
      (text) => text.includes(`master_host:${primary}\r`) && /^master_link_status:up/m.test(text),
    );
    return follow ? primary : undefined;
  });
}

/** What the Sentinel of a pod says first. */
function firstView(name: string): Promise<SentinelView> {
  const [{ port = 0 } = {}] = pods.settings.sentinels ?? [];
  return eventually('a Sentinel', () => askSentinel(pods.settings, { host: name, port }));
}

async function write(primary: string, key: string): Promise<void> {
  // A replica counts from its first word to the primary, which it sends every second.
  const waitMs = 3_000;
  const setAndWait = async (redis: Redis) => {
    await redis.set(key, 'x');
    return redis.wait(2, waitMs);
  };
  const held = await askRedis(pods.address(primary), pods.password, setAndWait, waitMs + 500);
  expect(held).toBe(2);
}

function keys(name: string): Promise<string[]> {
  return askRedis(pods.address(name), pods.password, async (redis) => (await redis.keys('*')).toSorted());
}

describe('the pods of Redis', () => {
  it('find together with nobody to tell them', async () => {
    await write(await whole(), 'a');
  });

  it('take no primary that comes back empty: another one has the table by then', async () => {
    const primary = await whole();
    await pods.kill(primary, 'node');
    pods.start(primary, 'node');
    const next = await eventually('another primary', async () => {
      const agreed = agreedPrimary(await askSentinels(pods.settings), 3)?.host;
      return agreed === primary ? undefined : agreed;
    });
    expect(await whole()).toBe(next);
    expect(await Promise.all(pods.names.map(keys))).toEqual([['a'], ['a'], ['a']]);
    await write(next, 'b');
  });

  it(
    'know a pod that comes back with nothing, primary or not, and are as many as before',
    async () => {
      for (const name of pods.names) {
        await pods.removePod(name);
        await pods.startPod(name);
        // Before it has asked anybody: it may have to lead the failover.
        expect((await firstView(name)).replicas).toBe(2);
        await whole();
      }
      expect(await Promise.all(pods.names.map(keys))).toEqual(Array(3).fill(['a', 'b']));
    },
    4 * wholeWithinMs,
  );

  it(
    'start over when all were lost, though the first is not back',
    async () => {
      await Promise.all(pods.names.map((name) => pods.removePod(name)));
      const [first = '', ...back] = pods.names;
      await Promise.all(back.map((name) => pods.startPod(name)));
      await eventually('a primary with a replica', async () => {
        const texts = await Promise.all(back.map(info));
        const links = texts.map((text) => /^role:master|^master_link_status:up/m.exec(text)?.[0]);
        return links.toSorted().join() === 'master_link_status:up,role:master' || undefined;
      });
      await pods.startPod(first);
      expect(await keys(await whole())).toEqual([]);
    },
    2 * wholeWithinMs,
  );
});
