import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UsageError } from '../../common/errors.ts';
import { StickTable } from '../../haproxy/stick-table/stick-table.ts';
import { startRedis, type TestRedis } from '../../test/real/redis.ts';
import type { Control } from '../control/control.ts';
import { stepMs, stepOf } from '../scaling/forecast/step.ts';
import { LoadHistory } from '../scaling/load-history/load-history.ts';
import { unknownStep } from '../scaling/load-history/load-step.ts';
import { shardHistory } from './schema/history.ts';
import { viewHistory } from './view-history.ts';

let redis: TestRedis;
let control: Pick<Control, 'fleet' | 'wishes' | 'shards' | 'loads'>;

const watched = (region: string) => ({ spec: { name: `${region}-1`, region, bridges: { min: 1, max: 4 } } });

beforeEach(async () => {
  redis = await startRedis();
  control = {
    shards: new Map([
      ['eu-1', watched('eu')],
      ['eu-2', watched('eu')],
      ['us-1', watched('us')],
      ['us-2', watched('us')],
    ]),
    loads: new LoadHistory(new StickTable(await redis.connect(), 'test'), 8),
    fleet: { scaling: { timeZone: 'Europe/Berlin', max: 9 } },
    wishes: { text: async () => ({ path: 'scale.yaml', text: 'eu-1:\n  policy: hpa\n  bridgeMbps: 250\n' }) },
  } as unknown as typeof control;
});
afterEach(() => redis.stop());

describe('viewHistory', () => {
  it('lists each figure from the first known step to the last one that is over', async () => {
    const now = stepOf(Date.now());
    const known = { ...unknownStep, bridges: 2, demand: 9_000, highestStress: 0.5 };
    await control.loads.write(now - 3, new Map([['eu-1', known]]));
    await control.loads.write(now - 1, new Map([['eu-1', { ...known, bridges: 3 }]]));
    await control.loads.write(now, new Map([['eu-1', { ...known, bridges: 99 }]]));
    const history = await viewHistory(control, 'eu-1', 1);
    expect(shardHistory.parse(history)).toEqual(history);
    expect(history).toMatchObject({
      others: { inRegion: 1, elsewhere: 2 },
      settings: {
        ...{ policy: { name: 'hpa', options: {} }, min: 1, max: 9 },
        ...{ bridgeMbps: 250, mbpsPerParticipant: 4, timeZone: 'Europe/Berlin' },
      },
      from: new Date((now - 3) * stepMs).toISOString(),
      bridges: [2, null, 3],
      demand: [9_000, null, 9_000],
      highestStress: [0.5, null, 0.5],
      participants: [null, null, null],
    });
  });

  it('goes back no further than it is asked to', async () => {
    const step = stepOf(Date.now()) - 100;
    await control.loads.write(step, new Map([['eu-1', { ...unknownStep, bridges: 2 }]]));
    expect((await viewHistory(control, 'eu-1', 0.04)).bridges).toEqual([]);
    expect((await viewHistory(control, 'eu-1', 0.06)).bridges[0]).toBe(2);
  });

  it('knows the shards that there are', async () => {
    await expect(viewHistory(control, 'eu-3', 1)).rejects.toThrow(UsageError);
  });
});
