import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { limitDecision, type ScaleLimits } from './scale-limits.ts';
import type { ScaledBridge, ScaledState } from './scale-policy.ts';

const free: ScaleLimits = { min: 1, max: 20, noScaleDown: false, paused: false, expected: 0, reasons: [] };

/** `a:open:.5`: its name, its state and its load. */
function bridges(...words: string[]): ScaledBridge[] {
  return words.map((word, index) => {
    const [name = '', state = '', load] = word.split(':');
    const known = load === undefined ? undefined : Number(load);
    return { name, state: state as ScaledState, load: known, startedMs: index, meetings: [] };
  });
}

const decide = (exist: number, open: string, end = '') => ({
  exist,
  open: new Set(open.split(' ').filter(Boolean)),
  end: new Set(end.split(' ').filter(Boolean)),
  reasons: ['by load'],
});

const three = bridges('a:open:.5', 'b:open:.2', 'c:draining:.1');

describe('limitDecision', () => {
  it.each<[string, Partial<ScaleLimits>, ReturnType<typeof decide>, ScaledBridge[], object]>([
    [
      'leaves alone what is allowed',
      {},
      decide(3, 'a b'),
      three,
      { exist: 3, open: 'a b', most: 20, keep: false },
    ],
    ['has as many as the least', { min: 5 }, decide(2, 'a'), three, { exist: 5, open: 'a b c' }],
    ['opens the fullest others', { min: 2 }, decide(3, 'a'), three, { open: 'a b' }],
    ['has no more than the most', { max: 2 }, decide(7, 'a b c'), three, { exist: 2, open: 'a b', most: 2 }],
    [
      'lets none go',
      { noScaleDown: true },
      decide(1, 'a', 'c'),
      three,
      { exist: 3, open: 'a', end: '', keep: true },
    ],
    [
      'lets those go that were told',
      { noScaleDown: true },
      decide(1, 'a', 'c'),
      bridges('a:open:.5', 'b:open:.2', 'c:ending:.1'),
      { exist: 2, end: 'c' },
    ],
    [
      'lets them go above the most',
      { noScaleDown: true, max: 2 },
      decide(1, 'a'),
      three,
      { exist: 2, keep: false },
    ],
    [
      'ends none in whose place another would start, and the emptiest first',
      { min: 2 },
      decide(1, 'a', 'b c'),
      three,
      { exist: 2, open: 'a b', end: 'c' },
    ],
    ['may start while none goes', { noScaleDown: true }, decide(6, 'a b'), three, { exist: 6 }],
    [
      'holds all in a pause',
      { paused: true, min: 5, max: 5 },
      decide(9, 'c', 'a'),
      three,
      { exist: 3, open: 'a b', end: '', keep: true },
    ],
    ['has room for events', { expected: 1.7 }, decide(3, 'a'), three, { exist: 6, open: 'a b c' }],
    ['opens only what events need', { expected: 0.5 }, decide(3, 'a'), three, { exist: 4, open: 'a b' }],
    ['has no more for events than the most', { expected: 9, max: 4 }, decide(3, 'a'), three, { exist: 4 }],
    [
      'reckons with no room where the load is unknown',
      { expected: 0.5 },
      decide(3, 'a'),
      bridges('a:open:.5', 'b:open', 'c:draining:.1'),
      { open: 'a b c' },
    ],
  ])('%s', (_what, limits, decision, there, expected) => {
    const got = limitDecision(decision, there, { ...free, ...limits });
    const named = { ...got, open: [...got.open].toSorted().join(' '), end: [...(got.end ?? [])].join(' ') };
    expect(named).toMatchObject(expected);
  });

  it('says what it would have been without, and nothing where nothing limits', () => {
    expect(limitDecision(decide(3, 'a b'), three, free).reasons).toEqual(['by load']);
    expect(limitDecision(decide(3, 'a'), three, { ...free, min: 5 }).reasons).toEqual([
      'by load',
      'at least 5',
      'exist 5 instead of 3',
    ]);
    expect(limitDecision(decide(3, 'a'), three, { ...free, paused: true }).reasons).toEqual([
      'paused: 3 bridges, 2 of them open',
    ]);
  });

  it('keeps to the limits, whatever is decided', () => {
    const states = fc.constantFrom<ScaledState>('starting', 'open', 'draining', 'ending');
    const load = fc.option(fc.double({ min: 0, max: 1.5, noNaN: true }), { nil: undefined });
    const some = fc.array(fc.record({ state: states, load, open: fc.boolean(), end: fc.boolean() }), {
      maxLength: 12,
    });
    const limits = fc.record({
      min: fc.integer({ min: 1, max: 6 }),
      more: fc.nat(6),
      noScaleDown: fc.boolean(),
      paused: fc.boolean(),
      expected: fc.constantFrom(0, 0.4, 3),
    });
    fc.assert(
      fc.property(some, fc.nat(20), limits, (all, exist, { min, more, ...flags }) => {
        const there = all.map(({ state, load }, n) => ({
          name: `b${n}`,
          state,
          load,
          startedMs: n,
          meetings: [],
        }));
        const named = (which: 'open' | 'end') =>
          new Set(all.flatMap((one, n) => (one[which] ? [`b${n}`] : [])));
        const wanted = { exist, open: named('open'), end: named('end'), reasons: [] };
        const max = min + more;
        const got = limitDecision(wanted, there, { min, max, ...flags, reasons: [] });
        const stateOf = (name: string) => there.find((one) => one.name === name)?.state;
        for (const name of got.open) {
          expect(['open', 'draining']).toContain(stateOf(name));
          expect(got.end).not.toContain(name);
        }
        const staying = there.filter(({ name, state }) => state !== 'ending' && !got.end?.has(name));
        if (flags.paused || flags.noScaleDown)
          for (const name of got.end ?? []) expect(stateOf(name)).toBe('ending');
        if (flags.paused) {
          expect(got.exist).toBe(staying.length);
          expect(got.open).toEqual(
            new Set(staying.filter(({ state }) => state === 'open').map(({ name }) => name)),
          );
          return;
        }
        expect(got.exist).toBeGreaterThanOrEqual(min);
        expect(got.exist).toBeLessThanOrEqual(max);
        expect(got.open.size).toBeLessThanOrEqual(max);
        const before = there.filter(({ state }) => state !== 'ending');
        expect(staying.length).toBeGreaterThanOrEqual(Math.min(before.length, got.exist));
        const usable = staying.filter(({ state }) => state === 'open' || state === 'draining');
        expect(got.open.size).toBeGreaterThanOrEqual(Math.min(min, usable.length));
        if (flags.noScaleDown) expect(got.exist).toBeGreaterThanOrEqual(Math.min(max, staying.length));
      }),
      { numRuns: 2_000 },
    );
  });
});
