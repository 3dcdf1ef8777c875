import { expect, test } from 'vitest';
import type { ScaledState } from '../scale-policy.ts';
import { HpaPolicy } from './hpa.ts';
import type { HpaOptions } from './schema.ts';
import { bridgesOf, lookAt } from './testing/look.ts';

const options: HpaOptions = { target: 0.1, min: 1, stabilizationMs: 300_000, workload: 'deployment' };
const unknown = undefined;

/** From the algorithm's page in the documentation of Kubernetes, and replica_calculator_test.go. */
test.each<[string, (number | undefined)[], ScaledState[], number]>([
  ['200m where 100m is wanted: twice as many', [0.2, 0.2], [], 4],
  ['50m where 100m is wanted: half as many', [0.05, 0.05], [], 1],
  ['within a tenth nothing changes', [0.109, 0.109], [], 2],
  ['it rounds up', [0.12, 0.12, 0.12], [], 4],
  ['pods that are pending count as idle before it goes up', [0.25, unknown], ['open', 'starting'], 3],
  ['and may keep it from going up at all', [0.15, unknown], ['open', 'starting'], 2],
  ['and do not count before it goes down', [0.04, 0.04, unknown], ['open', 'open', 'starting'], 1],
  ['pods without figures count as idle before it goes up', [0.3, 0.3, unknown], [], 6],
  ['and as on target before it goes down', [0.05, 0.05, unknown], [], 2],
  ['nothing is known: nothing changes', [unknown, unknown], [], 2],
  ['pods that end are not counted', [0.2, 0.9], ['open', 'ending'], 2],
  ['up by four at most from few', [0.9], [], 5],
  ['up by as many again from many', new Array(6).fill(0.9), [], 12],
])('%s', (_, loads, states, replicas) => {
  const policy = new HpaPolicy({ ...options, stabilizationMs: 0 });
  expect(policy.decide(lookAt(bridgesOf(loads, states))).exist).toBe(replicas);
});

test('it looks every 15 seconds: within a minute it may double four times', () => {
  const policy = new HpaPolicy(options);
  const flood = lookAt(bridgesOf([9]));
  expect(policy.decide(flood).exist).toBe(5);
  expect(policy.decide({ ...flood, nowMs: flood.nowMs + 10_000 }).exist).toBe(5);
  expect(policy.decide({ ...flood, nowMs: flood.nowMs + 60_000 }).exist).toBe(80);
});

test('down to the highest of the last five minutes, and the newest pods end', () => {
  const policy = new HpaPolicy(options);
  policy.decide(lookAt(bridgesOf([0.1, 0.1, 0.1])));
  for (let minute = 1; minute < 5; minute += 1) {
    expect(policy.decide(lookAt(bridgesOf([0.02, 0.02, 0.02]), minute)).exist).toBe(3);
  }
  const { exist, end } = policy.decide(lookAt(bridgesOf([0.02, 0.02, 0.02]), 5));
  expect([exist, end]).toEqual([1, new Set(['b', 'c'])]);
});

test('a StatefulSet ends its highest ordinal alone, and waits for it', () => {
  const policy = new HpaPolicy({ ...options, stabilizationMs: 0, workload: 'stateful-set' });
  expect(policy.decide(lookAt(bridgesOf([0.02, 0.02, 0.02]))).end).toEqual(new Set(['c']));
  const waiting = policy.decide(lookAt(bridgesOf([0.9, 0.9, 0.02], ['open', 'open', 'ending']), 1));
  expect([waiting.exist, waiting.end]).toEqual([2, undefined]);
});

test('a new controller finds the number in the API server, and knows of no recommendation but that', () => {
  const first = new HpaPolicy(options);
  first.decide(lookAt(bridgesOf([0.2, 0.2])));
  const next = new HpaPolicy(options);
  next.begin(JSON.parse(JSON.stringify(first.memory())));
  expect(next.decide(lookAt(bridgesOf([0.02, 0.02]), 1)).exist).toBe(4);
  expect(next.decide(lookAt(bridgesOf([0.02, 0.02, 0.02, 0.02]), 5)).exist).toBe(4);
  expect(next.decide(lookAt(bridgesOf([0.02, 0.02, 0.02, 0.02]), 6)).exist).toBe(1);
});
