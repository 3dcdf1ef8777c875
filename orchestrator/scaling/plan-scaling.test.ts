import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planScaling } from './plan-scaling.ts';
import type { ScaledBridge, ScaledState } from './scale-policy.ts';

function bridge(name: string, state: ScaledState, load = 0): ScaledBridge {
  return { name, state, load, startedMs: 0, meetings: [] };
}

const namesOf = (bridges: readonly ScaledBridge[]) => bridges.map(({ name }) => name);
const isEmpty = ({ load }: ScaledBridge) => load === 0;

test('what is missing is started, those that end not counted', () => {
  const bridges = [bridge('a', 'open'), bridge('b', 'starting'), bridge('c', 'ending', 0.2)];
  expect(planScaling(bridges, { exist: 4, open: new Set(['a']), reasons: [] }, isEmpty).start).toBe(2);
});

test('bridges drain and are taken back by their names', () => {
  const bridges = [bridge('a', 'open'), bridge('b', 'draining'), bridge('c', 'open')];
  const changes = planScaling(bridges, { exist: 3, open: new Set(['b', 'c']), reasons: [] }, isEmpty);
  expect([namesOf(changes.drain), namesOf(changes.undrain)]).toEqual([['a'], ['b']]);
  expect(changes.remove).toEqual([]);
});

test('only as many go as are too many, and only drained and empty ones', () => {
  const bridges = [
    bridge('a', 'open'),
    bridge('b', 'draining', 0.1),
    bridge('c', 'draining'),
    bridge('d', 'draining'),
  ];
  const changes = planScaling(bridges, { exist: 3, open: new Set(['a']), reasons: [] }, isEmpty);
  expect(namesOf(changes.remove)).toEqual(['c']);
});

test('one that ends goes when it is empty, whatever the count', () => {
  const bridges = [bridge('a', 'open'), bridge('b', 'ending', 0.1), bridge('c', 'ending')];
  const changes = planScaling(
    bridges,
    { exist: 5, open: new Set(['a']), end: new Set(['a']), reasons: [] },
    isEmpty,
  );
  expect([namesOf(changes.end), namesOf(changes.remove)]).toEqual([['a'], ['c']]);
});

test('whatever is decided, nobody is cut', () => {
  const bridges = fc.uniqueArray(
    fc.record({
      name: fc.string({ minLength: 1, maxLength: 2 }),
      state: fc.constantFrom<ScaledState>('starting', 'open', 'draining', 'ending'),
      load: fc.constantFrom(0, 0.3, undefined),
      startedMs: fc.constant(0),
      meetings: fc.constant([]),
    }),
    { selector: ({ name }) => name },
  );
  const names = fc.array(fc.string({ minLength: 1, maxLength: 2 })).map((some) => new Set(some));
  fc.assert(
    fc.property(bridges, fc.nat(10), names, names, (all, exist, open, end) => {
      const { remove } = planScaling(all, { exist, open, end, reasons: [] }, isEmpty);
      for (const one of remove) {
        expect(one.load).toBe(0);
        expect(['draining', 'ending']).toContain(one.state);
      }
    }),
  );
});
