import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FleetAtWork, startFleetAtWork } from '../testing/fleet-at-work.ts';
import { usher } from '../testing/usher.ts';

let fleet: FleetAtWork;
beforeEach(async () => {
  fleet = await startFleetAtWork();
});
afterEach(() => fleet.end());

const split = {
  kind: 'shard-split' as const,
  room: '/x',
  since: new Date(Date.now() - 180_000).toISOString(),
  evidence: [
    { where: 'table', shard: 'eu-1.1' },
    { where: 'proxy-2', shard: null },
    { where: 'census', shard: 'eu-2.1', participants: 3 },
  ],
  doThis: 'ask those on eu-2.1 to rejoin',
};

describe('usher room splits', () => {
  it('is content when all agree', async () => {
    const { code, stdout } = await usher(fleet.words('room', 'splits'));
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: 'table, proxies and censuses agree about every room\n',
    });
  });

  it('shows what each place says, what could not be read, and fails', async () => {
    const { splits } = fleet.api.state;
    splits.counts['shard-split'] = 1;
    splits.splits = [split];
    splits.unread = [{ where: 'proxy-1', reason: 'no answer' }];
    const { code, stdout, stderr } = await usher(fleet.words('room', 'splits'));
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^shard-split +\/x +3m +table eu-1.1, proxy-2 nothing, eu-2.1 shows 3 +ask those/m,
    );
    expect(stderr).toContain('proxy-1 could not be read: no answer\n');
  });

  it('shows in `usher status` too', async () => {
    expect((await usher(fleet.words('status'))).stdout).toMatch(/^Rooms agree: +yes$/m);
    fleet.api.state.fleet.splits.counts.missing = 2;
    expect((await usher(fleet.words('status'))).stdout).toMatch(/^Rooms agree: +NO: 2 missing;/m);
  });
});
