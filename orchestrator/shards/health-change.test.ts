import { describe, expect, it } from 'vitest';
import { type Health, healthFrom } from './health.ts';
import { healthChange } from './health-change.ts';

const before = healthFrom(undefined, 0);
const health = (over: Partial<Health>): Health => ({ ...before, inARow: 3, since: 1_000, ...over });

describe('healthChange', () => {
  it('says what the probes found, how often and for how long', () => {
    const outcome = { ok: false, severity: 'hard', reason: 'web: refused; jicofo: 503' } as const;
    const ill = health({ observed: 'degraded', reason: 'web: refused' });
    expect(healthChange('a', before, ill, outcome, 31_000)).toMatchObject({
      action: 'shard.health',
      shards: ['a'],
      reason: 'provisioning -> degraded: web: refused',
      inputs: { rounds: 3, lastedMs: 30_000, severity: 'hard', probes: 'web: refused; jicofo: 503' },
    });
  });

  it('blames no probe when all are well', () => {
    const well = healthChange(
      'a',
      before,
      health({ observed: 'ready', reason: '' }),
      { ok: true, severity: 'soft', reason: '' },
      5_000,
    );
    expect(well).toMatchObject({ reason: 'provisioning -> ready: all probes are well' });
    expect(well.inputs).toEqual({ rounds: 3, lastedMs: 4_000 });
  });
});
