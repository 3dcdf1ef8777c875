import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { redisSettings } from '../../../haproxy/stick-table/settings.ts';
import { startRedis } from '../../../test/real/redis.ts';
import { createFleetToExamine, type FleetToExamine } from '../testing/fleet-to-examine.ts';
import { startWeb } from '../testing/web.ts';
import { clocksCheck, judgeOffset } from './clocks.ts';

let fleet: FleetToExamine;
beforeEach(async () => {
  fleet = await createFleetToExamine();
});
afterEach(() => fleet.end());

describe('clocks', () => {
  it('is content with a real Redis, whose clock is ours, and an agent whose clock is near', async () => {
    const redis = await startRedis();
    const agent = await startAgent(0);
    const settings = redisSettings.parse({ url: redis.url });
    expect(await fleet.run(clocksCheck, { fleet: { ...fleet.files.fleet, redis: settings } })).toEqual([]);
    agent.server.close();
    await redis.stop();
  });

  it.each([
    [60_000, 'ahead of'],
    [-60_000, 'behind'],
  ])('names an agent whose clock is %i ms off', async (offsetMs, word) => {
    const agent = await startAgent(offsetMs);
    const findings = await fleet.run(clocksCheck);
    agent.server.close();
    expect(findings).toMatchObject([
      { severity: 'warn', where: 'agent.proxy-1', what: expect.stringContaining(`${word} this machine's`) },
    ]);
  });

  it('bears two seconds', () => {
    expect(judgeOffset('Redis', 2_000)).toEqual([]);
    expect(judgeOffset('Redis', -2_001)).toMatchObject([{ what: expect.stringContaining('2.0 s behind') }]);
  });
});

function startAgent(offsetMs: number) {
  const port = fleet.files.fleet.proxies[0]?.agent.http.port;
  return startWeb((_request, response) => {
    response.setHeader('date', new Date(Date.now() + offsetMs).toUTCString()).end('{}');
  }, port);
}
