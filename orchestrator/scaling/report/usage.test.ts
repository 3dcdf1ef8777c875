import { expect, test } from 'vitest';
import { unknownStep } from '../load-history/load-step.ts';
import { carried, hours, recorded } from './testing/recorded.ts';
import { usageOf } from './usage.ts';
import { useOf } from './use.ts';

const usage = (...steps: Parameters<typeof recorded>) => usageOf(useOf(recorded(...steps)));

test('what was used is told per week, however much of it is known', () => {
  const day = [...hours(12, carried(0, 4)), ...hours(12, carried(2, 4))];
  const one = usage(day);
  expect(one).toMatchObject({ knownHours: 24, bridgeHours: 4 * 168, fluidBound: 168, peakLoad: 2 });
  expect(one.utilisation).toBeCloseTo(0.25, 9);
  const gaps = [...day, ...hours(24, unknownStep), ...hours(24, { ...unknownStep, bridges: 9 })];
  expect(usage(gaps)).toMatchObject({ knownHours: 24, bridgeHours: 4 * 168 });
});

test('spare is what is above the need, with the time that a bridge takes to come and go', () => {
  // 12 of 24 hours ask for 4, and so do half an hour before them.
  const day = [...hours(12, carried(0, 4)), ...hours(12, carried(2, 4))];
  expect(usage(day).spareBridgeHours).toBeCloseTo(3 * 11.5 * 7, 9);
});

test('hours at the bounds and hot hours', () => {
  const steps = [
    ...hours(10, carried(1, 2)),
    ...hours(5, carried(5, 9.7)),
    ...hours(3, carried(4, 4.5)),
    ...hours(6, carried(1, 5, { highestStress: 0.81 })),
  ];
  expect(usage(steps)).toMatchObject({ hoursAtMin: 70, hoursAtMax: 35, hotHours: 63 });
});

test('of nothing there is nothing', () => {
  expect(usage([])).toMatchObject({ knownHours: 0, bridgeHours: 0, utilisation: 0, peakLoad: 0 });
});
