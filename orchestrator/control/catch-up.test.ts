import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { redisKey } from '../../haproxy/stick-table/keys.ts';
import { StickTable } from '../../haproxy/stick-table/stick-table.ts';
import { startRedis, type TestRedis } from '../../test/real/redis.ts';
import { catchUp } from './catch-up.ts';
import type { Control } from './control.ts';

let server: TestRedis;
let table: StickTable;
const never = new AbortController().signal;

beforeAll(async () => {
  server = await startRedis();
  table = new StickTable(await server.connect(), 'test');
  await table.bless(new Map());
});
afterAll(() => server.stop());

const controlAt = (position: () => string | undefined) =>
  ({ table, fleet: { name: 'test' }, position }) as unknown as Control;
const end = async () =>
  (await table.redis.xrevrange(redisKey('test', 'feed'), '+', '-', 'COUNT', 1))[0]?.[0] ?? '';

describe('catchUp', () => {
  it('goes on at once from the end of the feed', async () => {
    const position = await end();
    expect(
      await catchUp(
        controlAt(() => position),
        never,
      ),
    ).toBe(true);
  });

  it('waits for the entry that was the last when it was asked, and for no later one', async () => {
    let position = '0-0';
    const waiting = catchUp(
      controlAt(() => position),
      never,
    );
    const last = await end();
    setTimeout(async () => {
      await table.redis.xadd(redisKey('test', 'feed'), '*', 'type', 'x', 'payload', '{}');
      position = last;
    }, 100);
    expect(await waiting).toBe(true);
  });

  it('gives up a view that stays behind', async () => {
    expect(
      await catchUp(
        controlAt(() => '0-0'),
        never,
      ),
    ).toBe(false);
  });
});
