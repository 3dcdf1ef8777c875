import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startUsher, usher } from '../../testing/usher.ts';

let folder: string;
let file: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'usher-simulate-'));
  file = join(folder, 'hills.csv');
  const lines = Array.from({ length: 72 }, (_, hour) => {
    const time = new Date(Date.UTC(2026, 2, 2, hour)).toISOString().slice(0, 16);
    return `${time},${Math.round(300 - 290 * Math.cos((2 * Math.PI * hour) / 24))}`;
  });
  await writeFile(file, `timestamp,value\n${lines.join('\n')}\n`);
});
afterAll(() => rm(folder, { recursive: true }));

const simulate = (...words: string[]) => usher(['scale', 'simulate', '--trace', file, ...words]);

describe('usher scale simulate', () => {
  it('shows every policy on every trace, those first that hold the service level', async () => {
    const { code, stdout, stderr } = await simulate('--unit', 'people');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const [heading, head, ...rows] = stdout.split('\n');
    expect(heading).toMatch(
      /^hills: 3 days, 300 people on average, 590 at most; fluid bound \d+\.\d bridge-hours a day$/,
    );
    expect(head?.split(/ {2,}/)).toEqual([
      'POLICY',
      'BRIDGE-HOURS',
      'X BOUND',
      'OVERLOAD PPM',
      'HOT %',
      'LAUNCHES',
      'SPLITS',
      'CUT',
      'LEVEL',
    ]);
    const cells = rows.slice(0, 9).map((row) => row.split(/ {2,}/));
    expect(new Set(cells.map(([policy]) => policy)).size).toBe(9);
    expect(cells.map((row) => row[7])).toEqual(new Array(9).fill('0'));
    const levels = cells.map((row) => row.at(-1));
    expect(levels).toEqual(levels.toSorted());
    expect(levels[0]).toBe('held');
    expect(stdout).toContain('LEVEL: overload at most 100 ppm');
  });

  it('knows as JSON what was simulated and what came of it', async () => {
    const words = [
      '--policy',
      'static,hpa',
      '--option',
      'static.bridges=4',
      '--option',
      'hpa.target=0.4',
      '--days',
      '2..2',
    ];
    const { stdout } = await simulate(
      ...words,
      '--max',
      '9',
      '--faults',
      'failed-starts=0.2',
      '--seeds',
      '2',
      '--json',
    );
    const { settings, traces } = JSON.parse(stdout);
    expect(settings).toMatchObject({
      bridgeMbps: 400,
      bootMinutes: 4,
      min: 1,
      max: 9,
      seeds: 2,
      faults: { failedStarts: 0.2 },
    });
    expect(traces).toMatchObject([{ trace: 'hills', days: 1, meanPeople: expect.closeTo(400, 0) }]);
    const byName = new Map(traces[0].policies.map((one: { policy: string }) => [one.policy, one]));
    expect(byName.get('static')).toMatchObject({ options: { bridges: 4 }, cut: 0 });
    expect(byName.get('hpa')).toMatchObject({ options: { target: 0.4 }, timesBound: expect.any(Number) });
  });

  it('lets policies learn from the days before those that are chosen', async () => {
    const words = ['--unit', 'people', '--policy', 'forecast', '--days', '3..3'];
    const { stdout } = await simulate(...words);
    expect(stdout).toMatch(/^hills: 1 day after 2 to learn from, 300 people on average/);
    const { traces } = JSON.parse((await simulate(...words, '--json')).stdout);
    expect(traces).toMatchObject([{ days: 1, warmUpDays: 2, meanPeople: expect.closeTo(300, 0) }]);
  });

  it('gives static what the highest value needs, within --min and --max', async () => {
    const hours = async (...words: string[]) => {
      const { stdout } = await simulate(
        '--unit',
        'people',
        '--policy',
        'static',
        '--faults',
        'none',
        '--json',
        ...words,
      );
      return JSON.parse(stdout).traces[0].policies[0].bridgeHours;
    };
    expect(await hours()).toBeCloseTo(8 * 24, -1);
    expect(await hours('--max', '3')).toBeCloseTo(3 * 24, -1);
    expect(await hours('--min', '12')).toBeCloseTo(12 * 24, -1);
    expect(await hours('--bridge-mbps', '800')).toBeCloseTo(4 * 24, -1);
    expect(await hours('--mbps-per-participant', '2')).toBeCloseTo(4 * 24, -1);
  });

  it('draws a page that needs nothing else', async () => {
    const html = join(folder, 'page.html');
    const { stderr } = await simulate('--policy', 'forecast,hpa', '--html', html);
    expect(stderr).toBe(`wrote ${html}\n`);
    const page = await readFile(html, 'utf8');
    expect(page.match(/<svg |<b>\w+<\/b>/g)).toEqual(['<b>forecast</b>', '<svg ', '<b>hpa</b>', '<svg ']);
    expect(page.match(/>Tue \d\d:00</g)?.slice(0, 2)).toEqual(['>Tue 00:00<', '>Tue 06:00<']);
    expect(page.match(/https?:|<link|src=|NaN|undefined/g)).toBe(null);
  });

  it('tells traces of one name by their paths, and takes a file once', async () => {
    const other = join(await mkdtemp(join(folder, 'other-')), 'hills.csv');
    await copyFile(file, other);
    const { stdout } = await simulate('--trace', `${file},${other},${file}`, '--policy', 'static', '--json');
    expect(JSON.parse(stdout).traces.map(({ trace }: { trace: string }) => trace)).toEqual([file, other]);
  });

  it.each([
    [['--faults', 'gaps=2'], 'gaps: a number from 0 to 1'],
    [['--policy', 'keda'], 'There is no policy "keda"; there are forecast, static'],
    [['--option', 'hpa.warmth=1'], 'policy hpa has no warmth; it has target'],
    [['--option', 'hpa.target=1', '--policy', 'dyte'], '--option hpa.target: --policy does not name it'],
    [['--days', '2..4'], 'has 3 whole days; found 2..4'],
    [['--days', '3..2'], 'counted from 1'],
    [['--unit', 'people', '--mean-load', '3'], '--unit people: the values say how many'],
    [['--max', '2', '--min', '3'], '--max 2: expected no less than --min 3'],
    [['--html', '/nowhere/page.html'], '--html /nowhere/page.html: '],
    [['--seeds', '1001'], 'At most 1000'],
    [['--boot', '61m'], "'--boot <time>' argument '61m' is invalid. At most 1h"],
    [['--boot', '5'], 'A time is expected, as in'],
    [['--bridge-mbps', '3'], '--bridge-mbps 3: expected no less'],
    [['--people-peak', '1e9'], 'policy static, bridges: Too big'],
    [['--html', '/'], '--html /: it is a folder'],
    [['--trace', '/'], '--trace /: EISDIR'],
    [['--trace', 'nowhere.csv'], "open 'nowhere.csv'"],
    [['--trace', import.meta.filename], 'simulate.test.ts:2: expected a time without a zone and a value'],
  ])('%j is refused before anything is simulated', async (words, message) => {
    const { code, stdout, stderr } = await simulate(...words);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
  });

  it('ends on Ctrl-C', async () => {
    const abort = new AbortController();
    const running = usher(['scale', 'simulate', '--trace', file, '--seeds', '500'], abort.signal);
    setTimeout(() => abort.abort(), 500);
    expect(await running).toMatchObject({ code: 1, stdout: '', stderr: 'usher: interrupted\n' });
  });

  it('leaves nothing running when it is done', async () => {
    const child = startUsher(['scale', 'simulate', '--trace', file, '--policy', 'static']);
    expect(await child.outcome).toMatchObject({ code: 0 });
  });
});
