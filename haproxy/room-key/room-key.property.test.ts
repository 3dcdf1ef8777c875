import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { testHaproxies } from '../config/testing/versions.ts';
import { roomKeyOfRequest } from './request-room.ts';
import { bucketOf, isRoomKey, tenantOf } from './room-key.ts';
import { keysByHaproxy } from './testing/ask-haproxy.ts';
import { hugeName, rawName, target } from './testing/names.ts';

const seed = Number(process.env.USHER_SEED ?? Date.now() % 1_000_000);
const targets = [
  ...fc.sample(target(rawName), { numRuns: 6_000, seed }),
  ...fc.sample(target(hugeName), { numRuns: 150, seed }).filter(({ length }) => length < 14_000),
];

describe(`room keys of ${targets.length} generated requests, USHER_SEED=${seed}`, () => {
  it('are keys by isRoomKey, and mostly there', () => {
    const rooms = targets.map(roomKeyOfRequest).filter((room) => room !== undefined);
    expect(rooms.length).toBeGreaterThan(targets.length / 2);
    for (const { key, tenant } of rooms) {
      expect(isRoomKey(key), key).toBe(true);
      expect(key.length).toBeLessThan(1_024);
      expect(tenantOf(key)).toBe(tenant);
      expect(bucketOf(key)).toBeLessThan(1_024);
    }
  });
});

describe.each(await testHaproxies())('$title', ({ program, version }) => {
  it.skipIf(!version)('computes the same keys as TypeScript', async () => {
    const found = await keysByHaproxy(program, targets);
    const differing = targets
      .map((one, i) => ({ target: one, haproxy: found[i], usher: roomKeyOfRequest(one)?.key ?? '-' }))
      .filter(({ haproxy, usher }) => haproxy !== usher);
    expect(differing.slice(0, 5)).toEqual([]);
  });
});
