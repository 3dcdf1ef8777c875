import { expect, it } from 'vitest';
import { lease } from '../../../orchestrator/leader/lease.ts';
import { judgeLease } from './leader.ts';

const now = Date.UTC(2026, 10, 21, 9, 1);
const held = {
  holderIdentity: 'o-1_10.0.0.1:8700',
  leaseDurationSeconds: 10,
  renewTime: '2026-11-21T09:00:55Z',
};

it.each([
  ['one that is renewed', held, undefined],
  ['one that the clock of another machine renews', { ...held, renewTime: '2026-11-21T09:01:05Z' }, undefined],
  [
    'one that is not renewed',
    { ...held, renewTime: '2026-11-21T09:00:39Z' },
    /last renewed at .*09:00:39Z, by o-1_/,
  ],
  ['one that was given back', { ...held, holderIdentity: '' }, /held by nobody/],
  ['one without a time', { holderIdentity: 'x' }, /no time, by x/],
])('judges %s', (_, spec, what) => {
  const [finding] = judgeLease(lease.parse({ metadata: { resourceVersion: '1' }, spec }), now);
  if (what === undefined) expect(finding).toBeUndefined();
  else expect(finding).toMatchObject({ severity: 'error', what: expect.stringMatching(what) });
});

it('judges one that is not there', () => {
  expect(judgeLease(undefined, now)).toMatchObject([{ severity: 'error' }]);
});
