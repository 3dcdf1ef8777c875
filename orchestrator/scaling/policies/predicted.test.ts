import { expect, test } from 'vitest';
import { stepMs } from '../forecast/step.ts';
import { DytePredictivePolicy, dyteMean } from './dyte-predictive.ts';
import { LinearRegressionPolicy } from './linear-regression.ts';
import { decidePredicted } from './predicted.ts';
import { dytePredictiveOptions, predictedOptions } from './schema.ts';
import { bridgesOf, lookAt } from './testing/look.ts';

const at = (text: string) => Date.parse(`2026-03-${text}Z`);

/** Loads of three weeks: 1 at night, and so much from 9 to 17 o'clock of each day of the week from Sunday. */
function tell(policy: { observe(wallMs: number, load: number): void }, byDay: readonly number[]): void {
  for (let wallMs = at('02T00:00'); wallMs < at('23T08:45'); wallMs += stepMs) {
    const now = new Date(wallMs);
    const isDay = now.getUTCHours() >= 9 && now.getUTCHours() < 17;
    policy.observe(wallMs, isDay ? (byDay[now.getUTCDay()] ?? 1) : 1);
  }
}

test.each([
  ['all three', [2, 5, 8], 0.6 * 2 + 0.2 * 5 + 0.2 * 8],
  ['without last week', [2, 5, undefined], (0.6 * 2 + 0.2 * 5) / 0.8],
  ['the last hour alone', [2, undefined, undefined], 2],
  ['nothing', [undefined, undefined, undefined], undefined],
])(
  'Dyte’s mean of the last hour, yesterday and last week 15 minutes on: %s',
  (_, [hour, day, week], mean) => {
    const loadAt = (step: number) =>
      step >= 5000 - 12 ? hour : step === 5003 - 288 ? day : step === 5003 - 2016 ? week : undefined;
    const found = dyteMean(loadAt, 5000, [0.6, 0.2, 0.2]);
    if (mean === undefined) expect(found).toBeUndefined();
    else expect(found).toBeCloseTo(mean);
  },
);

test.each([
  ['a quarter of an hour before the morning of last Monday and of yesterday', [4, 7, 4, 4, 4, 4, 4], 6],
  ['last week weighs as much as yesterday', [7, 4, 4, 4, 4, 4, 4], 6],
])('Dyte predicts: %s', (_, byDay, exist) => {
  const policy = new DytePredictivePolicy(
    dytePredictiveOptions.parse({ target: 1, buffer: 0, weights: [0, 0.5, 0.5] }),
  );
  tell(policy, byDay);
  expect(policy.decide(lookAt(bridgesOf([0.5, 0.5]), 21 * 1440 + 8 * 60 + 45)).exist).toBe(exist);
});

test('a linear regression knows hours and weekdays, a quarter of an hour ahead', () => {
  const policy = new LinearRegressionPolicy(predictedOptions.parse({ target: 1, buffer: 0 }));
  tell(policy, [1, 5, 5, 5, 5, 5, 1]);
  const existAt = (minute: number) => policy.decide(lookAt(bridgesOf([0.5, 0.5]), 21 * 1440 + minute)).exist;
  expect(existAt(3 * 60)).toBe(2);
  expect(existAt(8 * 60 + 45)).toBeGreaterThan(existAt(8 * 60 + 44));
  expect(existAt(8 * 60 + 45)).toBe(existAt(12 * 60));
});

test.each([
  ['as many as carry what is predicted, and the buffer', 2.1, {}, 6, 'badc'],
  ['never fewer than what is there needs', 0, {}, 4, 'badc'],
  ['those too many drain, the emptiest first', 0, { target: 1, buffer: 0 }, 2, 'ba'],
  ['packed: the fullest that have room', 0, { packing: { fillTo: 0.8, room: 0.5 } }, 4, 'ad'],
])('%s', (_, predicted, options, exist, open) => {
  const chosen = predictedOptions.parse({ target: 0.5, buffer: 1, ...options });
  const decision = decidePredicted(bridgesOf([0.5, 0.9, 0, 0.1]), predicted, 1.5, chosen);
  expect([decision.exist, [...decision.open].join('')]).toEqual([exist, open]);
});
