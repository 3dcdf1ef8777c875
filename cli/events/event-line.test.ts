import { describe, expect, it } from 'vitest';
import { event } from '../testing/samples.ts';
import { eventLine } from './event-line.ts';

const start = '2026-01-02T03:04:05.000Z orchestrator: x.y';

describe('eventLine', () => {
  it.each([
    [{}, `${start}: because`],
    [{ shards: ['a', 'b'] }, `${start} a, b: because`],
    [{ rooms: ['/x'], shards: ['a.1'] }, `${start} /x on a.1: because`],
    [{ rooms: ['/1', '/2', '/3', '/4'] }, `${start} /1, /2, /3 and 1 more: because`],
    [{ rooms: ['/1', '/2', '/3'], leftOut: { rooms: 997 } }, `${start} /1, /2, /3 and 997 more: because`],
    [{ outcome: 'no shard b' }, `${start}: because: no shard b`],
    [{ reason: 'web\nsaid \u001b[31m\u009b1mno' }, `${start}: web said [31m 1mno`],
  ])('of %j', (more, line) => {
    expect(eventLine(event('x.y', more))).toBe(`${line}\n`);
  });
});
