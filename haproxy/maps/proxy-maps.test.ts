import { mkdir, readFile, rmdir, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UsageError } from '../../common/errors.ts';
import { createLogger } from '../../common/log.ts';
import { testHaproxies } from '../config/testing/versions.ts';
import { readStatus } from '../runtime/map-status.ts';
import { addEntries, deleteEntries, setEntries } from '../runtime/map-write.ts';
import { listProcesses, reload } from '../runtime/processes.ts';
import { RealHaproxy } from '../runtime/testing/real-haproxy.ts';
import type { MapChange, MapContents } from './map-change.ts';
import { ProxyMaps } from './proxy-maps.ts';

function seat(key: string, value = 'eu-1.7'): MapChange {
  return { map: 'rooms', key, value };
}

function seats(from: number, to: number, value = 'eu-1.7'): MapChange[] {
  return Array.from({ length: to - from }, (_, index) => seat(`tenant/room-${from + index}`, value));
}

function contentsWith(rooms: number): MapContents {
  return {
    rooms: new Map(seats(0, rooms).map(({ key }) => [key, 'eu-1.7'])),
    slots: new Map([['eu-1.7', 'eu-1.7']]),
    buckets: new Map(Array.from({ length: 1024 }, (_, bucket) => [`main/${bucket}`, 'eu-1.7'])),
    tenants: new Map([['acme', 'main']]),
  };
}

describe.each(await testHaproxies())('ProxyMaps with $title', ({ program, version }) => {
  let haproxy: RealHaproxy;
  let maps: ProxyMaps;
  beforeEach(async () => {
    if (!version) return;
    haproxy = await RealHaproxy.start(program);
    maps = await loadMaps();
  });
  afterEach(() => haproxy?.[Symbol.asyncDispose]());

  async function loadMaps(): Promise<ProxyMaps> {
    const loaded = new ProxyMaps({
      directory: haproxy.directory,
      runtime: haproxy.client,
      log: createLogger('proxy-maps-test', 'silent'),
    });
    await loaded.load();
    return loaded;
  }

  describe.skipIf(!version)('apply', () => {
    it('brings changes to memory, files and HAProxy, whatever map they are of', async () => {
      const changes: MapChange[] = [
        { map: 'tenants', key: 'acme', value: 'main' },
        { map: 'buckets', key: 'main/12', value: '!eu-1.7' },
        { map: 'slots', key: 'eu-1.7', value: 'eu-1.7' },
        seat('acme/standup'),
        seat('/gone', '?'),
      ];
      expect(await maps.apply(changes)).toBe(true);
      expect(await haproxy.look('acme/standup')).toBe('eu-1.7');
      expect(
        await maps.apply([{ map: 'rooms', key: '/gone', value: undefined }, seat('acme/standup', 'eu-2.1')]),
      ).toBe(true);
      expect(await haproxy.look('/gone')).toBe('-');
      expect(await haproxy.look('acme/standup')).toBe('eu-2.1');
      expect([...maps.content('rooms')]).toEqual([['acme/standup', 'eu-2.1']]);
      expect(await readFile(haproxy.mapFile('rooms'), 'utf8')).toBe('acme/standup eu-2.1\n');
      expect(await readFile(haproxy.mapFile('buckets'), 'utf8')).toBe('main/12 !eu-1.7\n');
      expect(await maps.drift()).toEqual([]);
    });

    it('runs calls made at once one after another, none doubled or lost', async () => {
      await Promise.all(
        Array.from({ length: 20 }, (_, part) => maps.apply(seats(part * 50, part * 50 + 100))),
      );
      expect(maps.content('rooms').size).toBe(1_050);
      expect(await maps.drift()).toEqual([]);
    });

    it('changes nothing when one entry is not allowed', async () => {
      await expect(maps.apply([seat('/good'), seat('/bad\nclear map x')])).rejects.toThrow(UsageError);
      expect(maps.content('rooms').size).toBe(0);
      expect(await haproxy.look('/good')).toBe('-');
    });

    it('keeps look-ups right while many entries of a big map change at once', async () => {
      await maps.replace(contentsWith(20_000));
      let done = false;
      const seen = new Set<string>();
      const watch = (async () => {
        while (!done) seen.add(await haproxy.look('tenant/room-11111'));
      })();
      for (const value of ['eu-2.1', 'eu-3.1', 'eu-4.1'])
        expect(await maps.apply(seats(0, 20_000, value))).toBe(true);
      done = true;
      await watch;
      expect(seen).not.toContain('-');
      expect(await haproxy.look('tenant/room-11111')).toBe('eu-4.1');
      expect(await maps.drift()).toEqual([]);
    });

    it('pushes nothing when a file cannot be written, and everything with the next call', async () => {
      await maps.apply([seat('/before')]);
      const obstacle = `${haproxy.mapFile('rooms')}.new`;
      await mkdir(obstacle);
      await expect(maps.apply([seat('/after')])).rejects.toThrow(/EISDIR/);
      expect(await haproxy.look('/after')).toBe('-');
      await rmdir(obstacle);
      expect(await maps.apply([])).toBe(true);
      expect(await haproxy.look('/after')).toBe('eu-1.7');
      expect(await maps.drift()).toEqual([]);
    });
  });

  describe.skipIf(!version)('a HAProxy that comes and goes', () => {
    it('holds 1e5 rooms after a restart with empty files, and after one with older files', async () => {
      expect(await maps.replace(contentsWith(100_000))).toBe(true);
      for (const older of ['', 'tenant/room-5 eu-9.9\ntenant/dead eu-9.9\n']) {
        await haproxy.kill();
        await writeFile(haproxy.mapFile('rooms'), older);
        await haproxy.launch();
        expect(await maps.resync()).toBe(true);
        expect(await haproxy.look('tenant/room-5')).toBe('eu-1.7');
        expect(await haproxy.look('tenant/dead')).toBe('-');
        expect((await maps.drift()).filter(({ where }) => where === 'runtime')).toEqual([]);
      }
      expect(await maps.repair()).toBe(true);
      expect(await maps.drift()).toEqual([]);
    });

    it('writes the files while HAProxy is away and says that it does not hold the change', async () => {
      await maps.apply(seats(0, 100));
      await haproxy.kill();
      expect(await maps.apply(seats(100, 200))).toBe(false);
      expect(await maps.resync()).toBe(false);
      await haproxy.launch();
      expect(await haproxy.look('tenant/room-150')).toBe('eu-1.7');
      expect(await maps.resync()).toBe(true);
      expect(await maps.drift()).toEqual([]);
    });

    it('loses nothing over reloads while it pushes', async () => {
      await maps.replace(contentsWith(20_000));
      let reloading = true;
      let next = 20_000;
      const push = (async () => {
        while (reloading) {
          await maps.apply([...seats(next, next + 40), seat(`tenant/room-${next - 20}`, 'eu-2.1')]);
          next += 40;
        }
      })();
      for (let round = 0; round < 5; round += 1) await reload(haproxy.master);
      reloading = false;
      await push;
      expect(await maps.resync()).toBe(true);
      expect(maps.content('rooms').size).toBe(next);
      expect(await maps.drift()).toEqual([]);
      const current = (await listProcesses(haproxy.master)).filter(({ role }) => role === 'worker');
      expect(current.map(({ pid }) => pid)).toEqual([(await readStatus(haproxy.client)).info.pid]);
    });

    it('is taken over by another agent from its files', async () => {
      await maps.replace(contentsWith(1_000));
      const successor = await loadMaps();
      expect(successor.content('rooms')).toEqual(maps.content('rooms'));
      expect(await successor.apply([seat('/new')])).toBe(true);
      expect(await successor.drift()).toEqual([]);
    });
  });

  describe.skipIf(!version)('drift', () => {
    it('names every entry changed by hand, in HAProxy and on disk, and repair corrects them', async () => {
      await maps.apply([...seats(0, 4), { map: 'slots', key: 'eu-1.7', value: 'eu-1.7' }]);
      const rooms = haproxy.mapFile('rooms');
      await deleteEntries(haproxy.client, rooms, ['tenant/room-0']);
      await setEntries(haproxy.client, rooms, [['tenant/room-1', 'eu-9.9']]);
      await addEntries(haproxy.client, rooms, [
        ['tenant/foreign', 'eu-1.7'],
        ['tenant/room-2', 'eu-2.1'],
      ]);
      await writeFile(haproxy.mapFile('slots'), '');
      const drift = await maps.drift();
      const runtime = { map: 'rooms', where: 'runtime' };
      expect(drift).toHaveLength(5);
      expect(drift).toEqual(
        expect.arrayContaining([
          { ...runtime, kind: 'missing', key: 'tenant/room-0', expected: 'eu-1.7' },
          { ...runtime, kind: 'different', key: 'tenant/room-1', expected: 'eu-1.7', found: 'eu-9.9' },
          { ...runtime, kind: 'extra', key: 'tenant/foreign', found: 'eu-1.7' },
          { ...runtime, kind: 'extra', key: 'tenant/room-2', found: 'eu-2.1' },
          { map: 'slots', where: 'file', kind: 'missing', key: 'eu-1.7', expected: 'eu-1.7' },
        ]),
      );
      expect(await maps.repair()).toBe(true);
      expect(await maps.drift()).toEqual([]);
    });

    it('is noticed by its count alone at the next resync', async () => {
      await maps.apply(seats(0, 10));
      await haproxy.client.run([['clear', 'map', haproxy.mapFile('rooms')]]);
      expect(await maps.resync()).toBe(true);
      expect(await maps.drift()).toEqual([]);
    });
  });
});
