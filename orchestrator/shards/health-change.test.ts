import { describe, expect, it } from 'vitest';
import { type Health, healthFrom } from './health.ts';
import { healthChange } from './health-change.ts';

const before = healthFrom(undefined);
const health = (over: Partial<Health>): Health => ({
  ...before,
  streaks: { ill: { since: 1_000, rounds: 3 } },
  ...over,
});

describe('healthChange', () => {
  it('says what the probes found, how often and for how long', () => {
    const outcome = {
      ok: false,
      severity: 'hard',
      core: 'hard',
      reason: 'web: refused; jicofo: 503',
    } as const;
    const ill = health({ observed: 'degraded', reason: 'web: refused' });
    expect(healthChange('a', before, ill, outcome, 31_000)).toMatchObject({
      action: 'shard.health',
      shards: ['a'],
      reason: 'provisioning -> degraded: web: refused',
      inputs: {
        lasted: { ill: { rounds: 3, lastedMs: 30_000 } },
        severity: 'hard',
        probes: 'web: refused; jicofo: 503',
      },
    });
  });

  it('blames no probe when all are well', () => {
    const well = healthChange(
      'a',
      before,
      health({ observed: 'ready', reason: '', streaks: { well: { since: 1_000, rounds: 3 } } }),
      { ok: true, severity: 'soft', core: 'well', reason: '' },
      5_000,
    );
    expect(well).toMatchObject({ reason: 'provisioning -> ready: all probes are well' });
    expect(well.inputs).toEqual({ lasted: { well: { rounds: 3, lastedMs: 4_000 } } });
  });
});
