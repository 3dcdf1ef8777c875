import { expect, test } from 'vitest';
import { UsageError } from '../../../common/errors.ts';
import { isPolicyName, makePolicy, type PolicyName, policyNames } from './make-policy.ts';

test.each(policyNames)('%s keeps at least one bridge by its defaults', (name) => {
  const open = { name: 'a', state: 'open', startedMs: 0, load: 0.1, meetings: [] } as const;
  const survival = { lasts: () => 0.5 };
  const view = { nowMs: 0, wallMs: 0, bridges: [open], survival };
  const decision = makePolicy(name).decide(view);
  expect(decision.exist).toBeGreaterThanOrEqual(1);
  expect(decision.open).toEqual(new Set(['a']));
});

test('options replace the defaults', () => {
  const view = { nowMs: 0, wallMs: 0, bridges: [], survival: { lasts: () => 0.5 } };
  expect(makePolicy('static', { bridges: 7 }).decide(view).exist).toBe(7);
});

test.each<[PolicyName, object, string[]]>([
  ['hpa', { target: 3 }, ['policy hpa, target: ', '<=1', 'found 3']],
  ['hpa', { workload: 'job' }, ['workload', '"deployment"|"stateful-set"', 'found "job"']],
  ['dyte', { warmth: 1 }, ['policy dyte has no warmth; it has overloadedAt, quantity, buffer, cooldownMs']],
  ['dyte-predictive', { packing: { fillTo: 'x' } }, ['packing.fillTo', 'found "x"']],
  ['jitsi-autoscaler', { upAt: 0, min: 1.5 }, ['upAt', 'min']],
])('%s with %j: each wrong option is named', (name, options, parts) => {
  expect(() => makePolicy(name, options)).toThrow(UsageError);
  for (const part of parts) expect(() => makePolicy(name, options)).toThrow(part);
});

test('a name is one of them or none', () => {
  expect(isPolicyName('hpa')).toBe(true);
  expect(isPolicyName('keda')).toBe(false);
});
