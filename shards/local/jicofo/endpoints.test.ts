import { describe, expect, it } from 'vitest';
import { planEndpoints } from './endpoints.ts';

const policy = { minParticipants: 2, singleParticipantTimeoutMs: 20_000 };

describe('planEndpoints', () => {
  const cases = [
    { it: 'waits for the second participant', members: ['a'], allocated: false, endpoints: [] },
    { it: 'takes both', members: ['a', 'b'], allocated: false, endpoints: ['a', 'b'] },
    {
      it: 'keeps the last one a while',
      members: ['a'],
      allocated: true,
      belowSinceMs: 80_001,
      endpoints: ['a'],
    },
    { it: 'then lets it go', members: ['a'], allocated: true, belowSinceMs: 80_000, endpoints: [] },
    {
      it: 'keeps nobody in an empty room',
      members: [],
      allocated: true,
      belowSinceMs: 99_999,
      endpoints: [],
    },
  ];
  for (const { it: title, members, allocated, belowSinceMs, endpoints } of cases) {
    it(title, () => {
      const plan = planEndpoints(members, { allocated, belowSinceMs, nowMs: 100_000 }, policy);
      expect(plan.endpoints).toEqual(endpoints);
    });
  }

  it('says when to look again', () => {
    const state = { allocated: true, belowSinceMs: 90_000, nowMs: 100_000 };
    expect(planEndpoints(['a'], state, policy).recheckAtMs).toBe(110_000);
  });
});
