import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLogger } from '../../common/log.ts';
import { sleep, waitFor } from '../../common/time.ts';
import { startTestShard, type TestShard } from '../local/simulator/testing/test-shard.ts';
import type { BridgePresence } from './bridge-presence.ts';
import { type BreweryWatch, watchBrewery } from './watch-brewery.ts';

/** Above the 5 s a bridge's back-off may take after Prosody is back. */
const forgetAfterMs = 8_000;
const log = createLogger('test', 'silent');

describe('watchBrewery, with a real Prosody', () => {
  let shard: TestShard;
  let watch: BreweryWatch;
  const stop = new AbortController();

  const until = (what: string, found: () => boolean) =>
    waitFor(() => found() || undefined, { timeoutMs: 15_000, everyMs: 20, describe: () => `never ${what}` });
  const bridge = (name: string): BridgePresence | undefined => watch.bridges().get(name);

  beforeAll(async () => {
    shard = await startTestShard();
    await shard.bridge('b1', { region: 'us' });
    const account = shard.account('jvb');
    watch = watchBrewery({ account, breweryJid: shard.breweryJid, log, forgetAfterMs }, stop.signal);
  });

  afterAll(async () => {
    stop.abort();
    await watch.done;
    await shard[Symbol.asyncDispose]();
  });

  it('sees a bridge that was there before, with its region and health', async () => {
    await until('saw b1', () => bridge('b1') !== undefined);
    expect(bridge('b1')).toMatchObject({
      region: 'us',
      healthy: true,
      draining: false,
      gracefulShutdown: false,
    });
    expect(watch.connected).toBe(true);
  });

  it('follows drain', async () => {
    const b2 = await shard.bridge('b2');
    await until('saw b2', () => bridge('b2')?.draining === false);
    await b2.post('/colibri/drain/enable');
    await until('saw b2 drain', () => bridge('b2')?.draining === true);
  });

  it('tells that a bridge left, and forgets it after a while', async () => {
    const b3 = await shard.bridge('b3');
    await until('saw b3', () => bridge('b3') !== undefined);
    await b3.stop('SIGKILL');
    await until('told that b3 left', () => bridge('b3')?.leftMs !== undefined);
    await until('forgot b3', () => bridge('b3') === undefined);
  });

  it('holds every bridge while Prosody is gone, and follows them again after', async () => {
    const seen: string[] = [];
    const sampling = new AbortController();
    const samples = (async () => {
      while (await sleep(10, sampling.signal)) {
        seen.push(
          [...watch.bridges().values()]
            .map(({ name, leftMs }) => (leftMs ? '-' : name))
            .sort()
            .join(),
        );
      }
    })();
    await shard.stopProsody();
    await until('noticed', () => !watch.connected);
    const goneMs = Date.now();
    await sleep(500);
    await shard.startProsody();
    await until('met b1 again', () => watch.connected && (bridge('b1')?.lastSeenMs ?? 0) > goneMs);
    await until('met b2 again', () => (bridge('b2')?.lastSeenMs ?? 0) > goneMs);
    sampling.abort();
    await samples;
    expect(new Set(seen)).toEqual(new Set(['b1,b2']));
    expect(bridge('b2')?.draining).toBe(true);
  });

  it('stops on its signal', async () => {
    const once = new AbortController();
    const other = watchBrewery(
      { account: shard.account('jvb'), breweryJid: shard.breweryJid, log },
      once.signal,
    );
    await until('joined', () => other.connected);
    once.abort();
    await other.done;
    expect(other.connected).toBe(false);
    expect(other.bridges().size).toBe(2);
  });
});
