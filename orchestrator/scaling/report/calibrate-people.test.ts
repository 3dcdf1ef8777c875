import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../common/random.ts';
import { type LoadStep, unknownStep } from '../load-history/load-step.ts';
import { normal } from '../simulate/distributions.ts';
import { calibratePeople } from './calibrate-people.ts';

interface Truth {
  readonly each: number;
  readonly idle?: number;
  /** The share of steps that are outliers. */
  readonly odd?: number;
  /** What an outlier says instead of its load. */
  readonly says?: (bits: number) => number;
}

/** A week's steps of a shard whose people cost so much, with noise of a tenth. */
function week({ each, idle = 0, odd = 0, says = () => 0 }: Truth, seed = 1): LoadStep[] {
  const random = seededRandom(seed);
  return Array.from({ length: 2_016 }, (_, at) => {
    const participants = Math.round(200 * (1 - Math.cos((2 * Math.PI * at) / 288)));
    const bits = Math.max(0, (idle + each * participants) * (1 + 0.1 * normal(random)));
    return { ...unknownStep, participants, bitsPerSecond: random() < odd ? says(bits) : bits };
  });
}

describe('calibratePeople', () => {
  it.each<[string, Truth]>([
    ['without outliers', { each: 1.3e6 }],
    ['with a fifth of zeros', { each: 4e6, odd: 0.2 }],
    ['with a fifth of units mistaken', { each: 0.4e6, odd: 0.2, says: (bits) => 1_000 * bits }],
    ['with an intercept', { each: 2e6, idle: 200e6 }],
    ['with an intercept and outliers', { each: 2e6, idle: 200e6, odd: 0.15, says: () => 9e9 }],
  ])('finds the truth %s', (_what, truth) => {
    const found = calibratePeople(week(truth));
    expect(found?.bitsPerSecond).toBeGreaterThan(0.95 * truth.each);
    expect(found?.bitsPerSecond).toBeLessThan(1.05 * truth.each);
    if (truth.idle) expect((found?.idleBitsPerSecond ?? 0) / truth.idle).toBeCloseTo(1, 0);
    else expect(found?.idleBitsPerSecond).toBe(0);
  });

  it('says the spread and how many steps tell', () => {
    const steps = week({ each: 1e6 });
    const found = calibratePeople(steps);
    expect(found?.steps).toBe(steps.filter(({ participants = 0 }) => participants >= 5).length);
    // Eight of ten within 1.28 standard deviations.
    expect(found?.spread[0]).toBeCloseTo(0.872e6, -4.3);
    expect(found?.spread[1]).toBeCloseTo(1.128e6, -4.3);
  });

  it('finds it where there are always as many people', () => {
    const steps = new Array<LoadStep>(40).fill({ ...unknownStep, participants: 8, bitsPerSecond: 16e6 });
    expect(calibratePeople(steps)).toMatchObject({ bitsPerSecond: 2e6, idleBitsPerSecond: 0, steps: 40 });
  });

  it.each([
    ['too few steps', week({ each: 1e6 }).slice(100, 135)],
    ['too few people', week({ each: 1e6 }).map((step) => ({ ...step, participants: 4 }))],
    ['people unknown', week({ each: 1e6 }).map((step) => ({ ...step, participants: undefined }))],
    ['load unknown', week({ each: 1e6 }).map((step) => ({ ...step, bitsPerSecond: undefined }))],
  ])('says nothing with %s', (_what, steps) => {
    expect(calibratePeople(steps)).toBeUndefined();
  });

  it('grows with what is measured, in whatever order', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e4 }),
        fc.double({ min: 0.1, max: 10, noNaN: true }),
        (seed, factor) => {
          const steps = week({ each: 1e6, idle: 50e6, odd: 0.1 }, seed);
          const more = steps.map((step) => ({ ...step, bitsPerSecond: factor * (step.bitsPerSecond ?? 0) }));
          const [before, after] = [calibratePeople(steps), calibratePeople(more.reverse())];
          expect((after?.bitsPerSecond ?? 0) / factor / (before?.bitsPerSecond ?? 1)).toBeCloseTo(1, 9);
        },
      ),
      { numRuns: 20 },
    );
  });
});
