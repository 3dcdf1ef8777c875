import { expect, test } from 'vitest';
import type { ScaledState } from '../scale-policy.ts';
import { RulesPolicy } from './rules.ts';
import { rulesOptions } from './schema.ts';
import { bridgesOf, lookAt } from './testing/look.ts';

const options = rulesOptions.parse({ meetings: 10 });
const night = 0;
const morning = 9 * 60;
const saturday = 5 * 1440 + morning;

test.each<[string, (number | undefined)[], ScaledState[], number, number, number, string]>([
  ['one more by the load', [0.5, 0.5], [], 1, night, 3, 'ab'],
  ['one more by the meetings', [0.2, 0.2], [], 10, morning, 3, 'ab'],
  ['not while one starts', [0.6, undefined], ['open', 'starting'], 1, night, 2, 'a'],
  ['one that drains comes back first', [0.6, 0.1], ['open', 'draining'], 1, night, 2, 'ab'],
  ['between the thresholds nothing changes', [0.4, 0.4], [], 1, night, 2, 'ab'],
  ['the emptiest drains at night', [0.3, 0.1], [], 1, night, 1, 'a'],
  ['not in business hours', [0.3, 0.1], [], 1, morning, 2, 'ab'],
  ['on Saturday it does', [0.3, 0.1], [], 1, saturday, 1, 'a'],
  ['never below the least', [0.1], [], 1, night, 1, 'a'],
])('%s', (_, loads, states, meetings, minute, exist, open) => {
  const decision = new RulesPolicy(options).decide(lookAt(bridgesOf(loads, states, meetings), minute));
  expect([decision.exist, [...decision.open].join('')]).toEqual([exist, open]);
});
