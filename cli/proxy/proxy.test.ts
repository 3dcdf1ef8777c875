import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FleetAtWork, startFleetAtWork } from '../testing/fleet-at-work.ts';
import { usher } from '../testing/usher.ts';

let fleet: FleetAtWork;
beforeEach(async () => {
  fleet = await startFleetAtWork();
});
afterEach(() => fleet.end());

describe('usher proxy list', () => {
  it('shows a proxy whose agent is silent with its error', async () => {
    const { stdout } = await usher(fleet.words('proxy', 'list'));
    const [, first, second] = stdout.split('\n').map((line) => line.split(/ {3,}/));
    expect(first?.slice(0, 5)).toEqual(['proxy-1', 'yes', '2.6.12', '4711', '2']);
    expect(second?.slice(0, 5)).toEqual(['proxy-2', 'NO', '-', '-', '-']);
    expect(second?.at(-1)).toBe('does not answer');
  });
});

describe('usher proxy diff', () => {
  it('is content when no proxy differs', async () => {
    const { code, stdout } = await usher(fleet.words('proxy', 'diff'));
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: 'proxy-1: no differences\nproxy-2: no differences\n',
    });
  });

  it('shows what differs, and fails', async () => {
    const found = { map: 'rooms', key: '/solo', where: 'runtime', expected: 'eu-1.1', found: null } as const;
    fleet.api.state.diffs = [{ proxy: 'proxy-2', differences: [found] }];
    const { code, stdout, stderr } = await usher(fleet.words('proxy', 'diff', 'proxy-2'));
    expect(code).toBe(1);
    expect(stdout).toMatch(/^proxy-2 +rooms +\/solo +runtime +eu-1.1 +-$/m);
    expect(stderr).toBe('usher: 1 difference; agents repair what lasts\n');
    const { stdout: json } = await usher(fleet.words('proxy', 'diff', 'proxy-2', '--json'));
    expect(JSON.parse(json)).toEqual(fleet.api.state.diffs);
  });
});
