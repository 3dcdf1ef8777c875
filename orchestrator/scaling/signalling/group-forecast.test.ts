import { describe, expect, it } from 'vitest';
import { daySteps, weekSteps } from '../forecast/step.ts';
import { GroupForecast } from './group-forecast.ts';

const monday = 20_779 * daySteps;
/** A working day's load: 1,000 at noon, 100 at night. */
const usual = (step: number) => 550 - 450 * Math.cos((2 * Math.PI * step) / daySteps);

function learnt(steps: number, load: (step: number) => number | undefined): GroupForecast {
  const forecast = new GroupForecast();
  for (let step = monday; step < monday + steps; step += 1) forecast.observe(step, load(step));
  return forecast;
}

describe('GroupForecast', () => {
  it('says nothing of the next hour before a day is known, nor of the week before it is', () => {
    expect(learnt(daySteps - 1, usual).outlook()).toEqual({ withinHour: undefined, weekHighest: undefined });
    const { withinHour, weekHighest } = learnt(daySteps, usual).outlook();
    expect(withinHour).toBeGreaterThan(100);
    expect(weekHighest).toBe(undefined);
  });

  it('sees the morning come', () => {
    const seven = 2 * weekSteps + (7 * daySteps) / 24;
    const { withinHour = 0, weekHighest = 0 } = learnt(seven, usual).outlook();
    expect(withinHour).toBeGreaterThan(usual(seven + 11));
    expect(withinHour).toBeLessThan(1.25 * usual(seven + 11));
    expect(weekHighest).toBeCloseTo(1_000, 0);
  });

  it('has no highest of a week of which much is missing', () => {
    const gaps = (step: number) => (step % 5 === 0 ? undefined : usual(step));
    expect(learnt(weekSteps, gaps).outlook().weekHighest).toBe(undefined);
    expect(
      learnt(weekSteps, (step) => (step % 50 === 0 ? undefined : usual(step))).outlook().weekHighest,
    ).toBeCloseTo(1_000, 0);
  });

  it('covers what comes within the hour in about 97.5 of 100 steps', () => {
    let noise = 7;
    const load = (step: number) => {
      noise = (noise * 16_807) % 2_147_483_647;
      return usual(step) * (0.9 + (0.2 * noise) / 2_147_483_647);
    };
    const loads = Array.from({ length: 4 * weekSteps }, (_, index) => load(monday + index));
    const forecast = new GroupForecast();
    let covered = 0;
    let asked = 0;
    for (const [index, one] of loads.entries()) {
      forecast.observe(monday + index, one);
      if (index < 2 * weekSteps || index > loads.length - 13) continue;
      asked += 1;
      if (Math.max(...loads.slice(index + 1, index + 13)) <= (forecast.outlook().withinHour ?? 0))
        covered += 1;
    }
    expect(covered / asked).toBeGreaterThan(0.96);
    expect(covered / asked).toBeLessThan(0.99);
  });
});
