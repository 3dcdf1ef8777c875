import { afterEach, beforeEach, expect, it } from 'vitest';
import { StickTable } from '../../../haproxy/stick-table/stick-table.ts';
import { startRedis, type TestRedis } from '../../../test/real/redis.ts';
import { daySteps, stepMs, weekSteps } from '../forecast/step.ts';
import { LoadHistory } from '../load-history/load-history.ts';
import { unknownStep } from '../load-history/load-step.ts';
import { GroupHistory } from './group-history.ts';

const start = 20_779 * daySteps;
const utc = (ms: number) => ms;
let server: TestRedis;
let loads: LoadHistory;

beforeEach(async () => {
  server = await startRedis();
  loads = new LoadHistory(new StickTable(await server.connect(), 'test'), 104);
});
afterEach(() => server.stop());

it('keeps the mean of each step, and the next leader knows what the one before it knew', async () => {
  const first = new GroupHistory(loads, 'main/eu', utc);
  for (const load of [100, undefined, 200]) await first.look(start * stepMs + 1, load);
  await first.look((start + 1) * stepMs, 400);
  const kept = await loads.read('main/eu', start, start + 1);
  expect(kept.map(({ participants }) => participants)).toEqual([150, 400]);

  for (let step = start + 2; step < start + weekSteps; step += 1) {
    await loads.write(step, new Map([['main/eu', { ...unknownStep, participants: 300 }]]));
  }
  const now = (start + weekSteps) * stepMs;
  const second = await new GroupHistory(loads, 'main/eu', utc).look(now, 300);
  expect(second.weekHighest).toBe(400);
  expect(await first.look(now, 300)).toEqual(second);
  expect(await new GroupHistory(loads, 'main/us', utc).look(now, undefined)).toEqual({
    withinHour: undefined,
    weekHighest: undefined,
  });
});
