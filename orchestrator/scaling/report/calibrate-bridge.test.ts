import { describe, expect, it } from 'vitest';
import { calibrateBridge } from './calibrate-bridge.ts';
import { carried, hours, recorded } from './testing/recorded.ts';
import { useOf } from './use.ts';

const calibrated = (steps: Parameters<typeof recorded>[0]) => calibrateBridge(useOf(recorded(steps)));

/** 4 bridges of 200 Mbit/s each; by stress they are busy as if it were more. */
const bits = 4 * 200e6;

describe('calibrateBridge', () => {
  it('tells what bridges carry at their limit when stress decides', () => {
    // Stress is .64 at 200 Mbit/s: .8 at 250, and a bridge counts for .64 / .8 * 400 = 320.
    const busy = carried(0, 4, { bitsPerSecond: bits, demand: 4 * 320e6, highestStress: 0.66 });
    const found = calibrated([...hours(20, carried(0.1, 4, { highestStress: 0.1 })), ...hours(4, busy)]);
    expect(found).toMatchObject({ bound: 'reached', steps: 48 });
    expect(found?.bitsPerSecond).toBeCloseTo(250e6, 0);
  });

  it('tells what they carry at least when it never does', () => {
    const found = calibrated(hours(4, carried(2, 4, { highestStress: 0.2 })));
    expect(found).toMatchObject({ bound: 'at-least', steps: 48 });
    expect(found?.bitsPerSecond).toBeCloseTo(800e6, 0);
  });

  it.each([
    ['no stress is known', hours(24, carried(2, 4))],
    ['nothing is loaded', hours(24, carried(0.5, 4, { highestStress: 0.1 }))],
    ['it is for less than an hour', hours(1, carried(2, 4, { highestStress: 0.4 })).slice(1)],
    ['nothing is recorded', []],
  ])('says nothing when %s', (_what, steps) => {
    expect(calibrated(steps)).toBeUndefined();
  });
});
