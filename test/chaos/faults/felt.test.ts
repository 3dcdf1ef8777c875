import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../../../common/random.ts';
import { sleep, waitFor } from '../../../common/time.ts';
import { redisKey } from '../../../haproxy/stick-table/keys.ts';
import { agentRecord } from '../../../haproxy/stick-table/records.ts';
import { newRoomOn } from '../../e2e/testing/rooms-of.ts';
import { apiOf } from '../../e2e/testing/usher-on.ts';
import { type ChaosFleet, startChaosFleet } from '../fleet.ts';
import { untilWhole } from '../whole.ts';
import { proxyNames, type World, withRedis } from '../world.ts';
import { allFaults } from './all.ts';

const signal = AbortSignal.timeout(180_000);

// A fault that nobody feels would prove nothing.
describe('faults that are no signals', { timeout: 60_000 }, () => {
  let fleet: ChaosFleet;
  let world: World;

  beforeAll(async () => {
    fleet = await startChaosFleet({ say: () => undefined }, signal);
    world = { ...fleet, api: apiOf(fleet.running), signal };
    await untilWhole(world);
  }, 120_000);
  afterAll(() => fleet?.stop());

  /** Does the fault to a target that fits, looks, and takes it back. */
  const feel = async (kind: string, fits: RegExp, look: (target: string) => Promise<void>) => {
    const fault = allFaults.find((one) => one.kind === kind);
    for (let seed = 1; seed <= 200; seed += 1) {
      const strike = await fault?.aim(world, seededRandom(seed));
      if (!strike || !fits.test(strike.target)) continue;
      const heal = await strike.inject();
      try {
        await look(strike.target);
      } finally {
        await heal();
      }
      await untilWhole(world);
      return;
    }
    throw new Error(`no target of ${kind} fits ${fits}`);
  };
  const recordedAt = async (proxy: string) =>
    withRedis(world, async (redis) => {
      const json = await redis.hget(redisKey(world.running.fleet.name, 'agents'), proxy);
      return agentRecord.parse(JSON.parse(json ?? '{}')).at;
    });
  const logged = (name: string, words: string) =>
    waitFor(
      () => world.running.processes.logTail(name, 200).some((line) => line.includes(words)) || undefined,
      {
        timeoutMs: 10_000,
        describe: () => `${name} did not log "${words}"`,
      },
    );
  const status = async (proxy: string, room: string) => {
    const url = world.running.proxies[proxyNames(world).indexOf(proxy)];
    const target = `${url}/config.js?room=${room.slice(1)}`;
    // Silence shows as no status at all.
    return fetch(target, { signal: AbortSignal.timeout(1_500) }).then(
      (answer) => answer.status,
      () => undefined,
    );
  };

  it.each(['cut', 'silent'])('keep one agent from Redis (%s), and no other', async (how) => {
    await feel('cut-redis-link', new RegExp(`^agent.proxy-1's, ${how}$`), async () => {
      await sleep(1_000);
      const before = [await recordedAt('proxy-1'), await recordedAt('proxy-2')];
      await sleep(3_000);
      expect(await recordedAt('proxy-1')).toBe(before[0]);
      expect(await recordedAt('proxy-2')).toBeGreaterThan(before[1] ?? Number.POSITIVE_INFINITY);
    });
  });

  it('set the clock of one process', async () => {
    await feel('clock-step', /^agent.proxy-1, by 60 min$/, async () => {
      await sleep(2_500);
      expect((await recordedAt('proxy-1')) - Date.now()).toBeGreaterThan(3_500_000);
      expect(Math.abs((await recordedAt('proxy-2')) - Date.now())).toBeLessThan(10_000);
    });
  });

  it.each(['cut', 'silent'])('keep one proxy from one shard (%s), and no other', async (how) => {
    await feel('cut-shard-link', new RegExp(`^proxy-1 to eu-1, ${how}$`), async () => {
      const room = await newRoomOn(world.api, 'eu-1', `linked-${how}`);
      expect(await status('proxy-2', room)).toBe(200);
      expect(await status('proxy-1', room)).not.toBe(200);
    });
  });

  it('keep map files from being written', async () => {
    await feel('full-disk', /proxy-1$/, async () => {
      await status('proxy-2', await newRoomOn(world.api, 'eu-2', 'disk'));
      await logged('agent.proxy-1', 'ENOSPC');
    });
  });

  it('make an agent find a gap in the feed', async () => {
    await feel('trim-feed', /agent.proxy-1/, async () => {
      await status('proxy-2', await newRoomOn(world.api, 'eu-2', 'gap'));
      await sleep(500);
    });
    await logged('agent.proxy-1', 'change feed has a gap');
  });
});
