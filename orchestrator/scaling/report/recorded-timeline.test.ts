import { expect, test } from 'vitest';
import { unknownStep } from '../load-history/load-step.ts';
import { recordedTimeline } from './recorded-timeline.ts';
import { carried, hours, recorded } from './testing/recorded.ts';

test('columns span what was recorded, and say when a bridge was hot and when it was overloaded', () => {
  const [calm, hot] = [hours(1, carried(2, 4)), hours(1, carried(3.5, 4))];
  const over = hours(1, carried(1, 4, { highestStress: 0.9, openBridges: 3 }));
  const timeline = recordedTimeline(recorded([...calm, ...hot, ...over]), 3);
  expect(timeline).toMatchObject({ startMs: 5_900_000 * 300_000, columnMs: 3_600_000 });
  const four = { low: 4, high: 4 };
  expect(timeline?.columns).toEqual([
    { load: { low: 2, high: 2 }, exist: four, open: four, hot: 0, overloaded: 0 },
    { load: { low: 3.5, high: 3.5 }, exist: four, open: four, hot: 1, overloaded: 0 },
    { load: { low: 1, high: 1 }, exist: four, open: { low: 3, high: 3 }, hot: 1, overloaded: 1 },
  ]);
});

test('a gap shows what was before it, never 0, and one at the beginning what comes', () => {
  const steps = [unknownStep, carried(2, 4), unknownStep, carried(1, 4)];
  const loads = recordedTimeline(recorded(steps), 9)?.columns.map(({ load }) => load.low);
  expect(loads).toEqual([2, 2, 2, 1]);
  expect(recordedTimeline(recorded([unknownStep]), 9)).toBeUndefined();
});

test('begins where it shall, by the clocks on the wall', () => {
  const shard = recorded(hours(2, carried(2, 4)), { timeZone: 'Asia/Tokyo' });
  const beganMs = 5_900_000 * 300_000 + 9 * 3_600_000;
  expect(recordedTimeline(shard, 2)?.startMs).toBe(beganMs);
  const later = recordedTimeline(shard, 2, beganMs + 3_600_000);
  expect(later).toMatchObject({ startMs: beganMs + 3_600_000, columns: { length: 2 } });
});
