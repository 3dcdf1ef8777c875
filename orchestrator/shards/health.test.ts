import { describe, expect, it } from 'vitest';
import { nextHealth, unknownHealth } from './health.ts';

const well = { ok: true, reason: '' };
const ill = { ok: false, reason: 'jicofo: no answer' };

function healthAfter(...outcomes: (typeof well)[]): ReturnType<typeof nextHealth> {
  return outcomes.reduce((health, outcome) => nextHealth(health, outcome, 3), unknownHealth);
}

describe('nextHealth', () => {
  it('admits a shard only after three rounds in a row', () => {
    expect(healthAfter(well, well).observed).toBe('provisioning');
    expect(healthAfter(well, well, ill, well, well).observed).toBe('provisioning');
    expect(healthAfter(well, well, well)).toMatchObject({ observed: 'ready', reason: '' });
  });

  it('says at once why a new shard is not ready yet', () => {
    expect(healthAfter(ill)).toMatchObject({ observed: 'provisioning', reason: 'jicofo: no answer' });
  });

  it('blames a ready shard only after three rounds in a row, and forgives likewise', () => {
    const ready = [well, well, well];
    expect(healthAfter(...ready, ill, ill).observed).toBe('ready');
    expect(healthAfter(...ready, ill, ill, ill)).toMatchObject({
      observed: 'degraded',
      reason: 'jicofo: no answer',
    });
    expect(healthAfter(...ready, ill, ill, ill, well, well).observed).toBe('degraded');
    expect(healthAfter(...ready, ill, ill, ill, well, well, well).observed).toBe('ready');
  });
});
