import { describe, expect, it } from 'vitest';
import { testShard } from '../../haproxy/stick-table/testing/test-shard.ts';
import { type Health, healthFrom, nextHealth, type ProbeOutcome } from './health.ts';

const well: ProbeOutcome = { ok: true, severity: 'soft', reason: '' };
const hard: ProbeOutcome = { ok: false, severity: 'hard', reason: 'web: refused' };
const soft: ProbeOutcome = { ok: false, severity: 'soft', reason: 'jicofo: 503' };
const damping = { rounds: 3, hardMs: 30_000, softMs: 120_000, recoverMs: 30_000 };

/** Health after rounds ten seconds apart. */
function healthAfter(start: Health, ...outcomes: ProbeOutcome[]): Health {
  return outcomes.reduce(
    (health, outcome, round) => nextHealth(health, outcome, round * 10_000, damping),
    start,
  );
}

const times = (count: number, outcome: ProbeOutcome) => Array.from({ length: count }, () => outcome);
const fresh = healthFrom(undefined, 0);
const ready = healthFrom(testShard('a'), 0);
const degraded = healthFrom(testShard('a', { observed: 'degraded', reason: 'web' }), 0);

describe('nextHealth', () => {
  it('admits a new shard after three rounds in a row, and says at once why it is not ready', () => {
    expect(healthAfter(fresh, well, well).observed).toBe('provisioning');
    expect(healthAfter(fresh, well, well, hard, well, well).observed).toBe('provisioning');
    expect(healthAfter(fresh, ...times(3, well))).toMatchObject({ observed: 'ready', reason: '' });
    expect(healthAfter(fresh, soft)).toMatchObject({ observed: 'provisioning', reason: 'jicofo: 503' });
  });

  it('blames a ready shard for hard failures after 30 s, for soft ones after 120 s', () => {
    expect(healthAfter(ready, ...times(3, hard)).observed).toBe('ready');
    expect(healthAfter(ready, ...times(4, hard))).toMatchObject({
      observed: 'degraded',
      reason: 'web: refused',
    });
    expect(healthAfter(ready, ...times(12, soft)).observed).toBe('ready');
    expect(healthAfter(ready, ...times(13, soft))).toMatchObject({
      observed: 'degraded',
      reason: 'jicofo: 503',
    });
  });

  it('counts anew after one good round', () => {
    expect(healthAfter(ready, ...times(3, hard), well, ...times(3, hard)).observed).toBe('ready');
  });

  it('forgives only what has been well for 30 s: who flaps stays degraded', () => {
    expect(healthAfter(degraded, ...times(3, well)).observed).toBe('degraded');
    expect(healthAfter(degraded, well, well, well, hard, well, well, well).observed).toBe('degraded');
    expect(healthAfter(degraded, ...times(4, well))).toMatchObject({ observed: 'ready', reason: '' });
  });
});

describe('healthFrom', () => {
  it('goes on from what the table says, so that a new orchestrator blames nobody', () => {
    expect(ready).toMatchObject({ observed: 'ready', reason: '' });
    expect(healthFrom(testShard('a', { removed: true }), 0).observed).toBe('provisioning');
  });
});
