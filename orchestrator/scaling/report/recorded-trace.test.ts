import { describe, expect, it } from 'vitest';
import { daySteps, stepMs } from '../forecast/step.ts';
import { unknownStep } from '../load-history/load-step.ts';
import { recordedTrace } from './recorded-trace.ts';
import { carried, hours, recorded } from './testing/recorded.ts';

const people = { bitsPerSecond: 2e6, idleBitsPerSecond: 0, spread: [1e6, 3e6], steps: 50 } as const;

describe('recordedTrace', () => {
  it('tells the load in people, by what they cost there', () => {
    const shard = recorded(hours(24, carried(1.5, 3)));
    expect(recordedTrace(shard, people)).toEqual({
      trace: { startMs: shard.from * stepMs, stepMs, values: new Array(daySteps).fill(300) },
      capacity: 200,
    });
    expect(recordedTrace(shard, undefined)).toMatchObject({ capacity: 100 });
  });

  it('begins by the clocks of its people', () => {
    const shard = recorded(hours(24, carried(1, 2)), { timeZone: 'Asia/Tokyo' });
    expect(recordedTrace(shard, people)?.trace.startMs).toBe(shard.from * stepMs + 9 * 3_600_000);
  });

  it('fills a gap from the same time of another day, else with what was known last', () => {
    const steps = [...hours(24, carried(1, 2)), ...hours(36, carried(2, 3))];
    steps[daySteps + 5] = unknownStep;
    steps[daySteps - 5] = unknownStep;
    steps[0] = unknownStep;
    const shortly = hours(26, carried(1, 2));
    for (let at = 200; at < 210; at += 1) shortly[at] = unknownStep;
    const values = recordedTrace(recorded(steps), undefined)?.trace.values;
    // The day before; the day after; the day after.
    expect([daySteps + 5, daySteps - 5, 0].map((at) => values?.[at])).toEqual([100, 200, 200]);
    expect(recordedTrace(recorded(shortly), undefined)?.trace.values[205]).toBe(100);
  });

  it.each([
    ['less than a day', hours(23, carried(1, 2))],
    ['more gaps than steps', [...hours(20, carried(1, 2)), ...hours(21, unknownStep)]],
    ['nothing carried', hours(24, carried(0, 2))],
    ['nothing', []],
  ])('makes no trace of %s', (_what, steps) => {
    expect(recordedTrace(recorded(steps), undefined)).toBeUndefined();
  });
});
