import { describe, expect, it } from 'vitest';
import { type Blame, FaultLog, noticeMs } from './fault-log.ts';
import { RoomBook, type Violation } from './room-book.ts';
import type { RoomEvent } from './room-events.ts';

const viaA = { proxy: 'a', transport: 'websocket' } as const;

function joined(at: number, who: string, shard: string, via: object = viaA): RoomEvent {
  return { at, who, what: 'joined', shard, ...viaA, ...via };
}
function lost(at: number, who: string, by: 'connection' | 'session' = 'connection'): RoomEvent {
  return { at, who, what: 'lost', by };
}
function left(at: number, who: string): RoomEvent {
  return { at, who, what: 'left' };
}
function gaveUp(at: number, who: string): RoomEvent {
  return { at, who, what: 'gave up', reason: '503' };
}

/** The violations of a room's events, under a fault from 10 to 20 with this blame. */
function judge(events: readonly RoomEvent[], blame: Blame = {}): Violation['kind'][] {
  const faults = new FaultLog();
  faults.begin({ kind: 'fault', target: 'something', blame }, 10)(20);
  const book = new RoomBook('/r', faults);
  return events.flatMap((event) => {
    const { kind, unlessDown } = book.note(event) ?? {};
    return kind === undefined || unlessDown ? [] : kind;
  });
}

describe('RoomBook', () => {
  it('finds nothing wrong with a meeting on one shard', () => {
    expect(judge([joined(1, 'p1', 'x'), joined(2, 'p2', 'x'), left(3, 'p1'), joined(4, 'p1', 'x')])).toEqual(
      [],
    );
  });

  it('lets a room begin anew elsewhere when everybody has left', () => {
    expect(judge([joined(1, 'p1', 'x'), left(2, 'p1'), joined(3, 'p2', 'y')])).toEqual([]);
  });

  it('calls it moved when somebody comes to another shard than the meeting', () => {
    expect(judge([joined(1, 'p1', 'x'), joined(2, 'p2', 'y')])).toEqual(['moved']);
  });

  it('keeps a meeting where it was while its only member tries to come back', () => {
    const events = [joined(1, 'p1', 'x'), lost(15, 'p1'), joined(16, 'p1', 'y')];
    expect(judge(events, { proxies: ['a'] })).toEqual(['moved']);
  });

  it('lets a meeting be seated anew when its shard was hit, also before anybody noticed', () => {
    const events = [joined(1, 'p1', 'x'), lost(15, 'p1'), joined(16, 'p1', 'y'), joined(17, 'p2', 'y')];
    expect(judge(events, { shards: ['x'] })).toEqual([]);
    expect(judge([joined(1, 'p1', 'x'), joined(16, 'p2', 'y')], { shards: ['x'] })).toEqual([]);
    expect(judge([joined(1, 'p1', 'x'), joined(16, 'p2', 'y')], { shards: ['y'] })).toEqual(['moved']);
  });

  it('asks whether the shard that was hit was declared dead since the meeting sat there', () => {
    const faults = new FaultLog();
    faults.begin({ kind: 'fault', target: 'x', blame: { shards: ['x'] } }, 10)(20);
    const book = new RoomBook('/r', faults);
    book.note(joined(1, 'p1', 'x'));
    const moved = { kind: 'moved', at: 16, unlessDown: { shard: 'x', since: 1 } };
    expect(book.note(joined(16, 'p2', 'y'))).toMatchObject(moved);
  });

  it.each<[string, RoomEvent[], Blame]>([
    ['nothing was hit', [joined(1, 'p1', 'x'), lost(15, 'p1')], {}],
    ['another proxy was hit', [joined(1, 'p1', 'x'), lost(15, 'p1')], { proxies: ['b'] }],
    ['another shard was hit', [joined(1, 'p1', 'x'), lost(15, 'p1')], { shards: ['y'] }],
    ['another link was hit', [joined(1, 'p1', 'x'), lost(15, 'p1')], { links: [{ proxy: 'b', shard: 'x' }] }],
    ['its proxy was hit long ago', [joined(1, 'p1', 'x'), lost(21 + noticeMs, 'p1')], { proxies: ['a'] }],
    ['its proxy is hit only later', [joined(1, 'p1', 'x'), lost(9, 'p1')], { proxies: ['a'] }],
    ['it never got back', [joined(1, 'p1', 'x'), lost(15, 'p1'), gaveUp(45, 'p1')], { proxies: ['a'] }],
  ])('calls a loss a cut when %s', (_, events, blame) => {
    expect(judge(events, blame)).toEqual(['cut']);
  });

  it.each<[string, RoomEvent[], Blame]>([
    ['its proxy was hit', [joined(1, 'p1', 'x'), lost(15, 'p1'), joined(16, 'p1', 'x')], { proxies: ['a'] }],
    ['its link was hit', [joined(1, 'p1', 'x'), lost(15, 'p1')], { links: [{ proxy: 'a', shard: 'x' }] }],
    ['its shard was hit', [joined(1, 'p1', 'x'), lost(15, 'p1'), gaveUp(45, 'p1')], { shards: ['x'] }],
    ['it could never get in', [gaveUp(31, 'p1')], {}],
    [
      'it goes by BOSH and any proxy was hit',
      [joined(1, 'p1', 'x', { transport: 'bosh' }), lost(15, 'p1')],
      { proxies: ['b'] },
    ],
  ])('calls it none when %s', (_, events, blame) => {
    expect(judge(events, blame)).toEqual([]);
  });

  it('reports a kind once a meeting', () => {
    const events = [joined(1, 'p1', 'x'), joined(2, 'p2', 'x'), lost(3, 'p1'), lost(4, 'p2')];
    expect(judge(events)).toEqual(['cut']);
  });

  it('counts meetings, each from a first join until nobody is left', () => {
    const book = new RoomBook('/r', new FaultLog());
    const events = [
      gaveUp(1, 'p0'),
      left(2, 'p0'),
      joined(3, 'p1', 'x'),
      joined(4, 'p2', 'x'),
      left(5, 'p1'),
    ];
    for (const event of [...events, left(6, 'p2'), joined(7, 'p1', 'y'), left(8, 'p1')]) book.note(event);
    expect(book.meetings).toBe(2);
  });

  it('knows who is where, without those whose connection is gone', () => {
    const book = new RoomBook('/r', new FaultLog());
    for (const event of [joined(1, 'p1', 'x'), joined(2, 'p2', 'y'), joined(3, 'p3', 'y'), lost(4, 'p3')])
      book.note(event);
    expect(book.shards()).toEqual(
      new Map([
        ['x', ['p1']],
        ['y', ['p2']],
      ]),
    );
  });
});
