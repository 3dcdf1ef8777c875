import { expect, test } from 'vitest';
import type { ScaleDecision, ScaledBridge } from '../scale-policy.ts';
import { headlineOf } from './headline.ts';

const bridge = (name: string, state: ScaledBridge['state'], load = 0.5): ScaledBridge => ({
  name,
  state,
  load,
  startedMs: 0,
  meetings: [],
});
const limits = { min: 1, max: 9, noScaleDown: false, paused: false, expected: 0, reasons: [] };
const bridges = [bridge('a', 'open'), bridge('b', 'draining'), bridge('c', 'starting', 0)];
const wallMs = Date.parse('2026-11-21T13:50:20Z');
const told = (wanted: Partial<ScaleDecision>) => {
  const decision = { exist: 3, open: new Set(['a', 'b']), reasons: [], ...wanted };
  return headlineOf({
    bridges,
    wallMs,
    bridgeMbps: 400,
    look: { atMs: 0, wanted: decision, limits, decision },
  });
};
const forecast = { within5: 1.2, within25: 1.775, within30: 1.4 };

test.each<[string, Partial<ScaleDecision>]>([
  ['open 1 -> 2, 3 there: expected +310 Mbit/s by 14:15, 99 % band', { forecast }],
  ['open 1 -> 2, 3 -> 5 there', { exist: 5 }],
  [
    'open 1, 3 there: expected +0 Mbit/s by 14:15, 99 % band',
    { open: new Set('a'), forecast: { ...forecast, within25: 0.9 } },
  ],
  ['open 0 -> 1, 2 there', { end: new Set('a'), open: new Set('b'), exist: 2 }],
])('%s', (text, wanted) => {
  expect(told(wanted)).toBe(text);
});
