import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { redisKey } from '../../../haproxy/stick-table/keys.ts';
import { redisSettings } from '../../../haproxy/stick-table/settings.ts';
import { StickTable } from '../../../haproxy/stick-table/stick-table.ts';
import { startRedis, type TestRedis } from '../../../test/real/redis.ts';
import { createFleetToExamine, type FleetToExamine } from '../testing/fleet-to-examine.ts';
import { operationsCheck } from './operations.ts';

let fleet: FleetToExamine;
let redis: TestRedis;
let table: StickTable;
beforeEach(async () => {
  fleet = await createFleetToExamine();
  redis = await startRedis();
  table = new StickTable(await redis.connect(), fleet.files.fleet.name);
  for (const [name, at] of [
    ['proxy-1', Date.now()],
    ['proxy-2', Date.now() - 60_000],
  ] as const) {
    await table.putAgent(name, { proxy: name, http: '', at, inStep: true });
  }
});
afterEach(async () => {
  await redis.stop();
  await fleet.end();
});

const examine = () =>
  fleet.run(operationsCheck, {
    fleet: { ...fleet.files.fleet, redis: redisSettings.parse({ url: redis.url }) },
  });
const begin = (ageMs: number, ...acked: string[]) => {
  const acks = Object.fromEntries(acked.map((name) => [name, true]));
  const record = { kind: 'move', phase: 'hold', startedAt: Date.now() - ageMs, acks };
  return table.redis.hset(redisKey(fleet.files.fleet.name, 'operations'), 'move-1', JSON.stringify(record));
};

describe('operations', () => {
  it('is content with one that has just begun', async () => {
    await begin(5_000);
    expect(await examine()).toEqual([]);
  });

  it('names one that is stuck, and whose acknowledgement it waits for', async () => {
    await begin(600_000, 'proxy-1');
    expect(await examine()).toMatchObject([
      {
        severity: 'error',
        where: 'move-1',
        what: 'a move is in phase hold after 10 min, not acknowledged by proxy-2 (away)',
      },
    ]);
  });

  it('names one that waits for censuses', async () => {
    await begin(600_000, 'proxy-1', 'proxy-2');
    expect(await examine()).toMatchObject([
      { severity: 'warn', doThis: expect.stringContaining('censuses') },
    ]);
  });
});
