import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type MapEntry, readEntries, readEntry } from './map-read.ts';
import { replaceEntries } from './map-replace.ts';
import { readStatus } from './map-status.ts';
import { addEntries, deleteEntries, setEntries } from './map-write.ts';
import { RuntimeError } from './runtime-error.ts';
import { RealHaproxy } from './testing/real-haproxy.ts';

let haproxy: RealHaproxy;
let file: string;
beforeAll(async () => {
  haproxy = await RealHaproxy.start();
  file = haproxy.mapFile('rooms');
});
afterAll(() => haproxy[Symbol.asyncDispose]());
beforeEach(() => haproxy.client.run([['clear', 'map', file]]));

function entries(count: number, value = 'eu-1.7', keyLength = 24): MapEntry[] {
  return Array.from({ length: count }, (_, index) => [`tenant/${index}`.padEnd(keyLength, 'x'), value]);
}

async function listed(all: AsyncIterable<MapEntry>): Promise<MapEntry[]> {
  const list: MapEntry[] = [];
  for await (const entry of all) list.push(entry);
  return list;
}

async function count(): Promise<number | undefined> {
  return (await readStatus(haproxy.client)).maps.get(file)?.entries;
}

describe('map entries', () => {
  it('adds 1e5 entries, shows and finds them', async () => {
    const wanted = entries(100_000);
    await addEntries(haproxy.client, file, wanted);
    expect(await count()).toBe(100_000);
    expect(await listed(readEntries(haproxy.client, file))).toEqual(wanted);
    expect(await haproxy.look(wanted[77_777]?.[0] ?? '')).toBe('eu-1.7');
  });

  // 2.6 drops a payload above its buffer without a word, and one that fills it exactly kills the worker.
  it.each([40, 300, 1_019, 1_024])(
    'loses nothing and keeps the worker alive with keys of %i characters',
    async (keyLength) => {
      const { info } = await readStatus(haproxy.client);
      await addEntries(haproxy.client, file, entries(3_000, 'eu-1.7', keyLength));
      const after = await readStatus(haproxy.client);
      expect(after.info.pid).toBe(info.pid);
      expect(after.maps.get(file)?.entries).toBe(3_000);
    },
  );

  it('takes a payload of exactly the limit and refuses one more byte', async () => {
    const command = ['add', 'map', file];
    const free = haproxy.client.maxBytes - `${command.join(' ')} <<\n\n\n`.length;
    const value = 'v'.repeat(free - 'k '.length);
    await haproxy.client.run([command], [`k ${value}`]);
    expect(await readEntry(haproxy.client, file, 'k')).toBe(value.slice(0, value.length));
    await expect(haproxy.client.run([command], [`k ${value}v`])).rejects.toThrow(/do not fit/);
  });

  it('sets and deletes what is there and is refused for what is not', async () => {
    await addEntries(haproxy.client, file, entries(500));
    await setEntries(haproxy.client, file, entries(500, '?'));
    await deleteEntries(
      haproxy.client,
      file,
      entries(499).map(([key]) => key),
    );
    const [lastKey] = entries(500)[499] ?? [''];
    expect(await listed(readEntries(haproxy.client, file))).toEqual([[lastKey, '?']]);
    expect(await readEntry(haproxy.client, file, 'absent')).toBeUndefined();
    await expect(setEntries(haproxy.client, file, [['absent', 'v']])).rejects.toThrow(RuntimeError);
    await expect(deleteEntries(haproxy.client, file, ['absent'])).rejects.toThrow(RuntimeError);
  });

  it('refuses to read a map that the configuration does not name', async () => {
    await expect(listed(readEntries(haproxy.client, '/no/such.map'))).rejects.toThrow(RuntimeError);
    await expect(readEntry(haproxy.client, '/no/such.map', 'a')).rejects.toThrow(RuntimeError);
  });
});

describe('replaceEntries', () => {
  it('never lets a look-up miss while it replaces a big map', async () => {
    await addEntries(haproxy.client, file, [...entries(30_000, 'eu-1.7'), ['watched', 'old']]);
    let done = false;
    const seen: string[] = [];
    const watch = (async () => {
      while (!done) seen.push(await haproxy.look('watched'));
    })();
    for (const round of ['r1', 'r2', 'r3']) {
      await replaceEntries(haproxy.client, file, [...entries(30_000, round), ['watched', round]]);
    }
    done = true;
    await watch;
    expect(new Set(seen)).not.toContain('-');
    expect(seen.at(0)).toBe('old');
    expect(await haproxy.look('watched')).toBe('r3');
    expect(await count()).toBe(30_001);
  });

  it('clears away doubled entries and what a broken-off replacement left', async () => {
    await addEntries(haproxy.client, file, [...entries(10), ...entries(10)]);
    const prepared = await haproxy.client.ask([['prepare', 'map', file]]);
    const version = `@${/\d+/.exec(prepared)?.[0]}`;
    await addEntries(haproxy.client, file, entries(5), version);
    expect(await count()).toBe(25);
    await replaceEntries(haproxy.client, file, entries(3));
    expect(await count()).toBe(3);
    await replaceEntries(haproxy.client, file, []);
    expect(await count()).toBe(0);
  });

  it('refuses a second replacement of a map while one is under way, and works again after', async () => {
    const first = replaceEntries(haproxy.client, file, entries(20_000));
    await expect(replaceEntries(haproxy.client, file, entries(1))).rejects.toThrow(/being replaced already/);
    await first;
    expect(await count()).toBe(20_000);
    await replaceEntries(haproxy.client, file, entries(1));
    expect(await count()).toBe(1);
  });
});
