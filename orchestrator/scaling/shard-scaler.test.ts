import { expect, it } from 'vitest';
import { LifetimeCounter } from './lifetimes/lifetimes.ts';
import { survivalOf } from './lifetimes/survival-curve.ts';
import type { ScaleLimits } from './scale-limits.ts';
import type { ScalePolicy } from './scale-policy.ts';
import { ShardScaler } from './shard-scaler.ts';

const limits: ScaleLimits = { min: 1, max: 9, noScaleDown: false, paused: false, expected: 0, reasons: [] };
const survival = survivalOf(new LifetimeCounter().counts());
const bridges = ['a', 'b', 'c'].map((name) => {
  return { name, state: 'open' as const, startedMs: 0, load: 0.2, conferences: undefined };
});
const view = { nowMs: 0, wallMs: 0, bridges, survival };

/** Ends what it is told to, at the next look. */
function policy(): ScalePolicy & { end: string[] } {
  const self = {
    end: [] as string[],
    decide: () => ({ exist: 2, open: new Set(['a']), end: new Set(self.end), reasons: [] }),
  };
  return self;
}

it('ends for good what was told to end, but nothing in a pause', () => {
  const ending = policy();
  const scaler = new ShardScaler(ending);
  const look = (more: Partial<ScaleLimits> = {}) => [
    ...(scaler.look(view, { ...limits, ...more }).decision.end ?? []),
  ];
  ending.end = ['b'];
  expect(look({ paused: true })).toEqual([]);
  expect(look({ noScaleDown: true })).toEqual([]);
  ending.end = [];
  expect(look()).toEqual([]);
  ending.end = ['b'];
  expect(look()).toEqual(['b']);
  ending.end = ['c'];
  expect(look({ paused: true })).toEqual(['b']);
  const next = new ShardScaler(policy());
  next.begin(JSON.parse(JSON.stringify(scaler.memory())));
  expect([...(next.look(view, limits).decision.end ?? [])]).toEqual(['b']);
});
