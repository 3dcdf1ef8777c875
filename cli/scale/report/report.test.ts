import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ShardHistory } from '../../../orchestrator/api/schema/history.ts';
import { type FleetAtWork, startFleetAtWork } from '../../testing/fleet-at-work.ts';
import { usher } from '../../testing/usher.ts';

let fleet: FleetAtWork;
beforeEach(async () => {
  fleet = await startFleetAtWork();
});
afterEach(() => fleet.end());

/** Two days of four bridges: nights without anybody, days of 100 people and 200 Mbit/s, and a gap at the end. */
function history(name: string, more: Partial<ShardHistory> = {}): ShardHistory {
  const steps = Array.from({ length: 576 }, (_, at) => at);
  const people = steps.map((at) => (at % 288 < 144 ? 0 : 100));
  const bits = people.map((count) => count * 2e6);
  const known = {
    bitsPerSecond: [...bits, null],
    demand: [...bits, null],
    highestStress: [...people.map((count) => count / 500), null],
    participants: [...people, null],
    conferences: [...people.map(() => 1), null],
    bridges: [...people.map(() => 4), null],
    openBridges: [...people.map(() => 4), null],
  };
  const others = { inRegion: 1, elsewhere: 0 };
  const policy = { name: 'forecast', options: {} } as const;
  const cost = { bridgeMbps: 400, mbpsPerParticipant: 2, timeZone: 'UTC' };
  const settings = { policy, min: 4, max: 8, ...cost };
  return { name, region: 'eu', others, settings, from: '2026-03-02T00:00:00.000Z', ...known, ...more };
}

const nothing = (name: string) => {
  const none = { bitsPerSecond: [], demand: [], highestStress: [], participants: [], conferences: [] };
  return history(name, { ...none, bridges: [], openBridges: [] });
};

describe('usher scale report', () => {
  it('tells what was used, what it costs, and the commands that save', async () => {
    fleet.api.state.histories = [history('eu-1'), nothing('eu-2')];
    const { code, stdout } = await usher(fleet.words('scale', 'report', '--no-simulate'));
    expect(code).toBe(0);
    expect(fleet.api.requests).toEqual([
      'GET /v1/shards',
      'GET /v1/shards/eu-1/history?weeks=4',
      'GET /v1/shards/eu-2/history?weeks=4',
    ]);
    const lines = stdout.split('\n');
    // 4 bridges are 672 hours a week; half a load on half of the time is 42.
    expect(lines.find((line) => line.startsWith('eu-1'))).toMatch(
      /^eu-1 +eu +forecast +4 +8 +48 h +672 +42 +6 % +\d+ +0\.5 +168 +0 +0\.0$/,
    );
    expect(lines.filter((line) => line.startsWith('eu-1'))[1]).toMatch(
      /^eu-1 +2\.00 +2\.00 to 2\.00 +0\.00 +288 +400 +-$/,
    );
    expect(stdout).toMatch(
      /eu-1: min 4 kept more .*; saves 336\n {4}(npx )?usher scale set eu-1 --min 2 --fleet/,
    );
    expect(stdout).not.toContain('by simulation');
  });

  it('says what policies would have cost, by simulation', async () => {
    fleet.api.state.histories = [history('eu-1')];
    const words = fleet.words(
      'scale',
      'report',
      'eu-1',
      '--policy',
      'static,forecast',
      '--weeks',
      '2',
      '--json',
    );
    const { code, stdout, stderr } = await usher(words);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(fleet.api.requests).toEqual(['GET /v1/shards/eu-1/history?weeks=2']);
    const { policies, shards, people } = JSON.parse(stdout);
    expect(policies).toMatchObject([
      { shard: 'eu-1', policy: 'static', score: { cut: 0 } },
      { shard: 'eu-1', policy: 'forecast', score: { cut: 0 } },
    ]);
    expect(shards).toMatchObject([{ name: 'eu-1', bridge: null, people: { bitsPerSecond: 2e6 } }]);
    expect(people.steps).toBe(288);
  });

  it('draws what was recorded, and what policies would have done on the same days', async () => {
    fleet.api.state.histories = [history('eu-1'), nothing('eu-2')];
    const html = join(fleet.files.folder, 'report.html');
    const words = fleet.words('scale', 'report', '--policy', 'hpa', '--html', html);
    const { code, stdout, stderr } = await usher(words);
    expect({ code, stderr }).toEqual({ code: 0, stderr: `wrote ${html}\n` });
    expect(stdout).not.toContain('columns');
    const page = await readFile(html, 'utf8');
    expect(page.match(/<b>\w+<\/b>|data-start="\d+"|Nothing is recorded/g)).toEqual([
      '<b>recorded</b>',
      `data-start="${Date.UTC(2026, 2, 3)}"`,
      '<b>hpa</b>',
      `data-start="${Date.UTC(2026, 2, 3)}"`,
      'Nothing is recorded',
    ]);
    expect(page).toContain('usher scale set eu-1 --min 2');
    expect(page.match(/https?:|<link|src=|NaN|undefined/g)).toBe(null);
  });

  it('draws of a large fleet the shards with the most bridge-hours', async () => {
    const bridges = history('').bridges.map((count) => count && 3);
    const names = Array.from({ length: 204 }, (_, index) => `eu-${index + 1}`);
    fleet.api.state.histories = names.map((name, at) => history(name, at < 4 ? { bridges } : {}));
    const html = join(fleet.files.folder, 'large.html');
    const words = fleet.words('scale', 'report', ...names, '--no-simulate', '--html', html);
    const { code, stderr } = await usher(words);
    const told = 'No pictures of eu-1, eu-2, eu-3 and 1 more, whose bridge-hours are the fewest: name them';
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining(`wrote ${html}\n${told}`) });
    const page = await readFile(html, 'utf8');
    expect(page).toContain(told);
    expect(page.match(/<svg /g)).toHaveLength(200);
    expect(page.match(/<h2>eu-[1-5],.*<\/h2>\n<\w+/g)?.map((one) => one.replace(/.*\n/s, ''))).toEqual([
      ...['<p', '<p', '<p', '<p'],
      '<figure',
    ]);
  });

  it.each<[string, string[], string]>([
    ['nothing is recorded', [], 'nothing is recorded yet'],
    ['there is no such policy', ['--policy', 'best'], 'There is no policy "best"'],
    ['a policy is not to be simulated', ['--policy', 'hpa', '--no-simulate'], 'cannot be used with'],
    ['its page cannot be written', ['--html', '/nowhere/page.html'], '--html /nowhere/page.html: '],
    ['its page is a folder', ['--html', '/'], '--html /: it is a folder'],
    ['there is no such shard', ['eu-9'], 'no such thing'],
  ])('fails when %s', async (_what, words, message) => {
    fleet.api.state.histories = [nothing('eu-1'), nothing('eu-2')];
    const { code, stderr } = await usher(fleet.words('scale', 'report', ...words));
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(message) });
  });

  it('gives up simulating when it is interrupted', async () => {
    const long = history('eu-1');
    fleet.api.state.histories = [long];
    const interrupted = new AbortController();
    const outcome = usher(fleet.words('scale', 'report', 'eu-1'), interrupted.signal);
    setTimeout(() => interrupted.abort(), 500);
    expect(await outcome).toMatchObject({ code: 1, stderr: 'usher: interrupted\n' });
  });
});
