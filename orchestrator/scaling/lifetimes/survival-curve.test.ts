import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../common/random.ts';
import { ageBins, binOf, binStart } from './age-bins.ts';
import { LifetimeCounter, noLifetimes } from './lifetimes.ts';
import { survivalOf } from './survival-curve.ts';

const minuteMs = 60_000;
const random = seededRandom(7);

/** Lengths of meetings in minutes: a third of half an hour, the others with a long tail. */
function length(): number {
  if (random() < 0.33) return 28 + 4 * random();
  return 20 * (1 - random()) ** -0.8;
}

/** The share of those that last `age` minutes which last `more` longer. */
function truth(lengths: readonly number[], age: number, more: number): number {
  const old = lengths.filter((one) => one > age);
  return old.filter((one) => one > age + more).length / old.length;
}

describe('survivalOf', () => {
  const lengths = Array.from({ length: 20_000 }, length);

  it('is what was seen of meetings that were seen whole', () => {
    const counter = new LifetimeCounter();
    for (const minutes of lengths) {
      counter.lived(0, minutes * minuteMs);
      counter.ended(minutes * minuteMs);
    }
    expectTrue(counter, lengths);
  });

  it('is the same when meetings are seen from some age on, and to some age, only', () => {
    const counter = new LifetimeCounter();
    for (const minutes of lengths) {
      const from = 60 * random();
      const to = from + 90 * random();
      if (from >= minutes) continue;
      counter.lived(from * minuteMs, Math.min(to, minutes) * minuteMs);
      if (minutes <= to) counter.ended(minutes * minuteMs);
    }
    expectTrue(counter, lengths);
  });

  it('says nothing before meetings have ended', () => {
    const counter = new LifetimeCounter();
    counter.lived(0, 60 * minuteMs);
    expect(survivalOf(counter.counts()).lasts(0, 1)).toBeUndefined();
    expect(survivalOf(noLifetimes).lasts(0, 1)).toBeUndefined();
  });

  it('takes the ages around one of which too little is known', () => {
    const counter = new LifetimeCounter();
    for (let meeting = 0; meeting < 20; meeting += 1) {
      counter.lived(0, 30 * minuteMs);
      counter.ended(30 * minuteMs);
    }
    const lasts = survivalOf(counter.counts()).lasts(20 * 60 * minuteMs, 45 * minuteMs);
    expect(lasts).toBeGreaterThan(0);
    expect(lasts).toBeLessThan(1);
  });

  it('falls with every minute, from 1, whatever was seen', () => {
    const counts = fc.array(fc.nat(50), { minLength: ageBins, maxLength: ageBins });
    const ages = fc.record({ age: fc.nat(2_000), more: fc.nat(600), still: fc.nat(600) });
    fc.assert(
      fc.property(counts, counts, ages, (ended, lived, { age, more, still }) => {
        const curve = survivalOf({ ended, livedMs: lived.map((minutes) => minutes * minuteMs) });
        const lasts = (minutes: number) => curve.lasts(age * minuteMs, minutes * minuteMs);
        if (lasts(0) === undefined) return;
        expect(lasts(0)).toBe(1);
        expect(lasts(more)).toBeLessThanOrEqual(1);
        expect(lasts(more + still)).toBeLessThanOrEqual(lasts(more) ?? 0);
      }),
    );
  });
});

function expectTrue(counter: LifetimeCounter, lengths: readonly number[]): void {
  const curve = survivalOf(counter.counts());
  for (const [age, more] of [
    [0, 45],
    [25, 10],
    [40, 45],
  ] as const) {
    expect(curve.lasts(age * minuteMs, more * minuteMs)).toBeCloseTo(truth(lengths, age, more), 1);
  }
}

describe('age bins', () => {
  it('lie side by side from 0 to for ever', () => {
    for (let bin = 0; bin < ageBins; bin += 1) {
      expect(binOf(binStart(bin))).toBe(bin);
      if (bin > 0) expect(binOf(binStart(bin) - 1)).toBe(bin - 1);
    }
    expect(binStart(ageBins)).toBe(Number.POSITIVE_INFINITY);
    expect(binOf(Number.MAX_SAFE_INTEGER)).toBe(ageBins - 1);
  });
});
