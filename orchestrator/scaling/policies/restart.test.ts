import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stepMs } from '../forecast/step.ts';
import type { ScalePolicy } from '../scale-policy.ts';
import { makePolicy, policyNames } from './make-policy.ts';
import { bridgesOf, lookAt } from './testing/look.ts';

/** Ours begins by looking anew; HPA forgets its recommendations, as the original does: see hpa.test.ts. */
const forgetful = ['forecast', 'hpa'];

const load = fc.option(fc.constantFrom(0, 0, 0.05, 0.2, 0.35, 0.6, 0.95), { nil: undefined });
const look = fc.record({ loads: fc.array(load, { minLength: 1, maxLength: 5 }), isRestarted: fc.boolean() });

test.each(policyNames.filter((name) => !forgetful.includes(name)))(
  '%s decides after a restart, by the history and its memory, as if there had been none',
  (name) => {
    fc.assert(
      fc.property(fc.array(look, { minLength: 20, maxLength: 60 }), (looks) => {
        const steady = makePolicy(name);
        let restarted = makePolicy(name);
        const steps: [number, number][] = [];
        for (const [minute, { loads, isRestarted }] of looks.entries()) {
          const view = lookAt(bridgesOf(loads), minute);
          if (minute % 5 === 0) {
            steps.push([view.wallMs - stepMs, loads.length / 2]);
            for (const policy of [steady, restarted])
              policy.observe?.(view.wallMs - stepMs, loads.length / 2);
          }
          if (isRestarted) restarted = successor(restarted, makePolicy(name), steps);
          expect(restarted.decide(view)).toEqual(steady.decide(view));
        }
      }),
      { numRuns: 30 },
    );
  },
);

function successor(before: ScalePolicy, next: ScalePolicy, steps: readonly [number, number][]): ScalePolicy {
  for (const [wallMs, mean] of steps) next.observe?.(wallMs, mean);
  next.begin?.(JSON.parse(JSON.stringify(before.memory?.() ?? null)));
  return next;
}
