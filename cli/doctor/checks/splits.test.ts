import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SplitsStatus } from '../../../orchestrator/api/schema/splits.ts';
import { fleetState } from '../../testing/samples.ts';
import { createFleetToExamine, type FleetToExamine } from '../testing/fleet-to-examine.ts';
import { splitsCheck } from './splits.ts';

let fleet: FleetToExamine;
beforeAll(async () => {
  fleet = await createFleetToExamine();
});
afterAll(() => fleet.end());

const examine = (over: Partial<SplitsStatus> = {}) =>
  fleet.run(splitsCheck, { splits: { ok: true, value: { ...fleetState().splits, ...over } } });
const split = (room: string, kind: SplitsStatus['splits'][number]['kind']) => ({
  kind,
  room,
  since: new Date().toISOString(),
  evidence: [
    { where: 'table', shard: 'eu-1.1' },
    { where: 'census', shard: 'eu-2.1', participants: 3 },
  ],
  doThis: 'ask them',
});

describe('splits', () => {
  it('is content when all agree', async () => {
    expect(await examine()).toEqual([]);
  });

  it('names rooms that are split as errors, others as warnings, and counts what is too much', async () => {
    const many = Array.from({ length: 30 }, (_, index) => split(`/m${index}`, 'missing'));
    const findings = await examine({ splits: [split('/x', 'shard-split'), ...many] });
    expect(findings[0]).toEqual({
      severity: 'error',
      where: '/x',
      what: '/x (shard-split): table: eu-1.1, census of eu-2.1: 3 participants',
      doThis: 'ask them',
    });
    expect(findings[1]).toMatchObject({ severity: 'warn', where: '/m0' });
    expect(findings.at(-1)?.what).toBe('and 11 rooms more');
  });

  it('says when nobody looks, or something cannot be read', async () => {
    expect(await examine({ lookedAt: null })).toMatchObject([{ what: 'has not looked yet' }]);
    expect(await examine({ lookedAt: new Date(0).toISOString() })).toHaveLength(1);
    const unread = [{ where: 'proxy-2', reason: 'no answer' }];
    expect(await examine({ unread })).toMatchObject([{ where: 'proxy-2', what: 'not compared: no answer' }]);
    expect(await fleet.run(splitsCheck)).toMatchObject([{ severity: 'warn', what: 'not looked: away' }]);
  });
});
