import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { createLogger } from '../../common/log.ts';
import { waitFor } from '../../common/time.ts';
import { readEntry } from '../runtime/map-read.ts';
import { readStatus } from '../runtime/map-status.ts';
import { listProcesses, reload } from '../runtime/processes.ts';
import { RealHaproxy } from '../runtime/testing/real-haproxy.ts';
import type { MapChange } from './map-change.ts';
import { ProxyMaps } from './proxy-maps.ts';

function seats(from: number, to: number, value: string): MapChange[] {
  return Array.from({ length: to - from }, (_, index) => ({
    map: 'rooms',
    key: `/room-${from + index}`,
    value,
  }));
}

it('keeps a worker that a reload left behind in step until it is gone', async () => {
  await using haproxy = await RealHaproxy.start();
  const maps = new ProxyMaps({
    directory: haproxy.directory,
    runtime: haproxy.client,
    master: haproxy.master,
    log: createLogger('old-workers-test', 'silent'),
  });
  await maps.load();
  expect(await maps.apply(seats(0, 5_000, 'eu-1.7'))).toBe(true);
  const { pid } = (await readStatus(haproxy.client)).info;
  // A request that never ends keeps the worker, as a websocket would.
  const lingering = connect(haproxy.port, '127.0.0.1').on('error', () => lingering.destroy());
  lingering.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n');
  const current = await reload(haproxy.master);
  expect(current).not.toBe(pid);

  const old = haproxy.master.forWorker(pid);
  const rooms = haproxy.mapFile('rooms');
  // Additions, single changes and a versioned commit, each through the master socket.
  for (const changes of [seats(5_000, 9_000, 'eu-1.7'), seats(0, 5, '?'), seats(0, 9_000, 'eu-2.1')]) {
    expect(await maps.apply(changes)).toBe(true);
    const last = changes.at(-1);
    expect(await readEntry(old, rooms, last?.key ?? '')).toBe(last?.value);
    expect((await readStatus(old)).maps.get(rooms)?.entries).toBe(maps.content('rooms').size);
  }
  expect((await readStatus(old)).info).toMatchObject({ pid, stopping: true });
  expect(await maps.drift()).toEqual([]);

  lingering.destroy();
  await waitFor(
    async () => ((await listProcesses(haproxy.master)).some(({ role }) => role === 'old') ? undefined : true),
    { timeoutMs: 30_000, describe: () => 'the old worker stays' },
  );
  expect(await maps.apply(seats(0, 1, 'eu-3.1'))).toBe(true);
  await expect(readStatus(old)).rejects.toThrow();
});
