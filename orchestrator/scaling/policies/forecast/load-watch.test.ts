import { expect, test } from 'vitest';
import type { ScaledBridge } from '../../scale-policy.ts';
import { LoadWatch } from './load-watch.ts';

const minute = 60_000;

function bridges(...loads: (number | undefined)[]): ScaledBridge[] {
  return loads.map((load, index) => ({ name: `b${index}`, state: 'open', load, startedMs: 0, meetings: [] }));
}

test('missing is not zero: what was last known, or else the mean of the others', () => {
  const watch = new LoadWatch();
  watch.look(0, bridges(0.5, 0.3));
  expect(watch.look(minute, bridges(0.6, undefined)).load).toBeCloseTo(90);
  expect(watch.look(2 * minute, bridges(0.6, undefined, undefined)).load).toBeCloseTo(150);
});

test('bridges that start carry nothing', () => {
  const starting: ScaledBridge = {
    name: 's',
    state: 'starting',
    load: undefined,
    startedMs: 0,
    meetings: [],
  };
  expect(new LoadWatch().look(0, [...bridges(0.4), starting]).load).toBeCloseTo(40);
});

test('gains are of whole minutes, however often it looks, each bridge by itself', () => {
  const watch = new LoadWatch();
  expect(watch.look(0, bridges(0.5, 0.5)).gained).toBeUndefined();
  expect(watch.look(10_000, bridges(0.6, 0.5)).gained).toBeUndefined();
  const { gained } = watch.look(minute, bridges(0.7, 0.4));
  expect(gained?.load).toBeCloseTo(20);
  expect(gained?.before).toBeCloseTo(100);
});

test('the slope is of the last four minutes', () => {
  const watch = new LoadWatch();
  for (let at = 0; at < 4; at += 1) expect(watch.look(at * minute, bridges(at / 10)).slope).toBeUndefined();
  expect(watch.look(4 * minute, bridges(0.4)).slope).toBeCloseTo(10);
});
