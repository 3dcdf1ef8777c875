import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLogger } from '../../common/log.ts';
import { sleep, waitFor } from '../../common/time.ts';
import { mapFile } from '../../haproxy/maps/map-file.ts';
import { RuntimeClient } from '../../haproxy/runtime/client.ts';
import { readInfo } from '../../haproxy/runtime/info.ts';
import { readEntries } from '../../haproxy/runtime/map-read.ts';
import { reload } from '../../haproxy/runtime/processes.ts';
import { connectRedis } from '../../haproxy/stick-table/connection.ts';
import { readSnapshot } from '../../haproxy/stick-table/snapshot.ts';
import { processNames } from '../../orchestrator/local-fleet/fleet-processes.ts';
import { fleetPaths, masterSocket, proxyDirectory } from '../../orchestrator/local-fleet/paths.ts';
import { joinRooms } from '../bench/split/clients.ts';
import { type RunningFleet, startTemporaryFleet } from '../fleet/running-fleet.ts';
import { type LoadResult, steadyLoad } from './testing/steady-load.ts';
import { apiOf } from './testing/usher-on.ts';

const proxies = ['proxy-1', 'proxy-2'] as const;
const signal = new AbortController().signal;

describe('five reloads and three restarts of HAProxy under load', { timeout: 180_000 }, () => {
  let fleet: RunningFleet;
  let load: LoadResult;
  const seats = new Map<string, string>();

  beforeAll(async () => {
    // Nobody sits in these rooms: a claim that no census confirms must outlive the test.
    const timings = { graceMs: 300_000 };
    fleet = await startTemporaryFleet({ shards: { 'eu-1': 'eu', 'us-1': 'us' }, timings });
    const binds = fleet.fleet.proxies.flatMap(({ bind }) => bind);
    const joined = await joinRooms({ proxies: binds, rooms: 300, prefix: 'known' });
    for (const { room, shards } of joined.outcomes)
      seats.set(room, new Set(shards).size === 1 ? `${shards[0]}` : '');

    const stop = new AbortController();
    const running = steadyLoad(binds, seats, stop.signal);
    for (const proxy of ['proxy-1', 'proxy-2', 'proxy-1', 'proxy-1', 'proxy-2'] as const) {
      await sleep(700);
      await reload(masterOf(proxy));
    }
    for (const proxy of ['proxy-1', 'proxy-2', 'proxy-1'] as const) {
      await sleep(700);
      await restart(proxy);
    }
    await sleep(700);
    stop.abort();
    load = await running;
  }, 120_000);

  afterAll(() => fleet?.stop());

  it('leaves every known room on its shard, over both proxies', () => {
    expect(new Set(seats.values())).toEqual(new Set(['eu-1', 'us-1']));
    expect(load.answers).toBeGreaterThan(1_000);
    expect(load.joined).toBeGreaterThan(100);
    expect(load.moved).toEqual([]);
    expect(load.lost).toEqual([]);
  });

  it.each(proxies)('leaves the maps of %s equal to Redis', async (proxy) => {
    expect((await apiOf(fleet).diffProxy(proxy)).differences).toEqual([]);

    const redis = connectRedis(fleet.fleet.redis, createLogger('test', 'silent'));
    try {
      await waitFor(() => redis.runId(), { timeoutMs: 5_000, describe: () => 'no Redis' });
      const { rooms } = await readSnapshot(redis.redis, fleet.fleet.name);
      expect(rooms.size).toBe(seats.size);
      const entries = await Array.fromAsync(
        readEntries(runtimeOf(proxy), mapFile(directoryOf(proxy), 'rooms')),
      );
      expect(new Map(entries)).toEqual(new Map([...rooms].map(([room, { shard }]) => [room, shard])));
    } finally {
      redis.close();
    }
  });

  it('needed no reload of its own', async () => {
    for (const { reloads } of await apiOf(fleet).proxies()) expect(reloads).toBe(0);
  });

  function directoryOf(proxy: string): string {
    return proxyDirectory(fleetPaths(fleet.state), proxy);
  }

  function runtimeOf(proxy: string): RuntimeClient {
    return new RuntimeClient({ address: join(directoryOf(proxy), 'runtime.sock') });
  }

  function masterOf(proxy: string): RuntimeClient {
    return new RuntimeClient({ address: masterSocket(fleetPaths(fleet.state), proxy), signal });
  }

  /** Kills master and worker; the supervisor starts HAProxy again. */
  async function restart(proxy: string): Promise<void> {
    const { pid: master } = fleet.processes.find(processNames.haproxy(proxy)) ?? {};
    const { pid: worker } = await readInfo(runtimeOf(proxy));
    if (master === undefined) throw new Error(`${proxy} does not run`);
    for (const pid of [master, worker]) process.kill(pid, 'SIGKILL');
    const api = apiOf(fleet);
    await waitFor(
      async () => {
        const status = (await api.proxies()).find(({ name }) => name === proxy);
        return (status?.inStep && status.haproxy && status.haproxy.pid !== worker) || undefined;
      },
      { timeoutMs: 20_000, describe: () => `${proxy} did not come back` },
    );
  }
});
