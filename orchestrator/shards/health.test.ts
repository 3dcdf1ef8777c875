import { describe, expect, it } from 'vitest';
import { testShard } from '../../haproxy/stick-table/testing/test-shard.ts';
import { type Health, healthFrom, nextHealth, type ProbeOutcome } from './health.ts';

const well: ProbeOutcome = { ok: true, severity: 'soft', core: 'well', reason: '' };
const hard: ProbeOutcome = { ok: false, severity: 'hard', core: 'hard', reason: 'web: refused' };
const slow: ProbeOutcome = { ok: false, severity: 'soft', core: 'soft', reason: 'prosody: no answer' };
const soft: ProbeOutcome = { ok: false, severity: 'soft', core: 'well', reason: 'jicofo: 503' };
const broken: ProbeOutcome = { ok: false, severity: 'hard', core: 'well', reason: 'jicofo: 500' };
const damping = {
  ...{ rounds: 3, hardMs: 30_000, softMs: 120_000, recoverMs: 30_000 },
  ...{ downHardMs: 60_000, downSoftMs: 300_000 },
};

/** Health after rounds ten seconds apart. */
function healthAfter(start: Health, ...outcomes: ProbeOutcome[]): Health {
  return outcomes.reduce(
    (health, outcome, round) => nextHealth(health, outcome, round * 10_000, damping),
    start,
  );
}

const times = (count: number, outcome: ProbeOutcome) => Array.from({ length: count }, () => outcome);
const fresh = healthFrom(undefined);
const ready = healthFrom(testShard('a'));
const degraded = healthFrom(testShard('a', { observed: 'degraded', reason: 'web' }));
const gone = { observed: 'down', reason: 'web', admitted: false } as const;
const down = healthFrom(testShard('a', gone));

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

describe('a shard that looks down', () => {
  it('has failed hard for 60 s, or in any way for 300 s', () => {
    expect(healthAfter(ready, ...times(6, hard)).observed).toBe('degraded');
    expect(healthAfter(ready, ...times(7, hard))).toMatchObject({ observed: 'down', reason: 'web: refused' });
    expect(healthAfter(ready, ...times(30, slow)).observed).toBe('degraded');
    expect(healthAfter(ready, ...times(31, slow))).toMatchObject({ observed: 'down' });
    expect(healthAfter(ready, ...times(28, slow), ...times(3, hard)).observed).toBe('down');
  });

  it('is no shard whose meetings go on: Jicofo and bridges alone never make it down', () => {
    expect(healthAfter(ready, ...times(99, broken))).toMatchObject({
      observed: 'degraded',
      reason: 'jicofo: 500',
    });
    expect(healthAfter(ready, ...times(99, soft)).observed).toBe('degraded');
  });

  it('is none that answers in between', () => {
    expect(healthAfter(ready, ...times(6, hard), soft, ...times(6, hard)).observed).toBe('degraded');
    expect(healthAfter(ready, ...times(6, hard), slow, ...times(6, hard)).observed).toBe('degraded');
    expect(healthAfter(ready, ...times(6, hard), slow, ...times(7, hard)).observed).toBe('down');
  });

  it('stays down until it has been well for 30 s, and is degraded while only its meetings could go on', () => {
    expect(healthAfter(down, ...times(3, well), slow, ...times(3, well)).observed).toBe('down');
    expect(healthAfter(down, ...times(4, well))).toMatchObject({ observed: 'ready', reason: '' });
    expect(healthAfter(down, ...times(3, broken)).observed).toBe('down');
    expect(healthAfter(down, ...times(4, broken)).observed).toBe('degraded');
  });
});

describe('healthFrom', () => {
  it('lets a new orchestrator find for itself that a shard in service is down', () => {
    expect(healthFrom(testShard('a', { ...gone, admitted: true })).observed).toBe('degraded');
    expect(down.observed).toBe('down');
  });

  it('goes on from what the table says, so that a new orchestrator blames nobody', () => {
    expect(ready).toMatchObject({ observed: 'ready', reason: '' });
    expect(healthFrom(testShard('a', { removed: true })).observed).toBe('provisioning');
  });
});
