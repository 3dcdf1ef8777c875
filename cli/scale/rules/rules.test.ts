import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FleetAtWork, startFleetAtWork } from '../../testing/fleet-at-work.ts';
import { shardScale } from '../../testing/samples.ts';
import { usher } from '../../testing/usher.ts';

let fleet: FleetAtWork;
beforeEach(async () => {
  fleet = await startFleetAtWork();
});
afterEach(() => fleet.end());

const scale = (...words: string[]) => usher(fleet.words('scale', ...words));
const at = '2030-05-01T14:00:00.000Z';
const wanted = { exist: 3, open: ['a'], reasons: ['exist 3: room for 1.2'] };
const decision = { ...wanted, exist: 5, at, reasons: ['exist 3: room for 1.2', 'at least 5'], wanted };

describe('what is said of scaling', () => {
  const floor = ['floor', 'eu-1'];
  const office = ['schedule', 'add', 'office', '--from', '08:00', '--to', '18:00'];
  const window = { name: 'office', from: '08:00', to: '18:00' };
  it.each<[string[], string, object]>([
    [['set', 'eu-1', '--min', '2', '--bridge-mbps', '250.5'], 'eu-1', { bridgeMbps: 250.5, min: 2 }],
    [['set', '--time-zone', 'Europe/Berlin'], '*', { timeZone: 'Europe/Berlin' }],
    [['set', 'eu-1', '--policy', 'hpa'], 'eu-1', { policy: { name: 'hpa', options: {} } }],
    [
      ['set', 'eu-1', '--policy', 'hpa', '--option', 'target=0.6', '--option', 'workload=deployment'],
      'eu-1',
      { policy: { name: 'hpa', options: { target: 0.6, workload: 'deployment' } } },
    ],
    [['set', 'eu-1', '--unset', 'min', '--unset', 'bridge-mbps'], 'eu-1', { bridgeMbps: null, min: null }],
    [[...floor, '6'], 'eu-1', { floor: { bridges: 6 } }],
    [
      [...floor, '6', '--from', '2030-05-01T08:00', '--until', at],
      'eu-1',
      { floor: { bridges: 6, from: '2030-05-01T08:00', until: at } },
    ],
    [['floor', '*', '--clear'], '*', { floor: null }],
    [[...office, '--min', '5'], '*', { schedule: { ...window, min: 5 } }],
    [
      [...office, 'eu-1', '--days', 'fri-mon,wed', '--no-scale-down', '--priority', '-1'],
      'eu-1',
      { schedule: { ...window, days: ['fri', 'sat', 'sun', 'mon', 'wed'], noScaleDown: true, priority: -1 } },
    ],
    [['schedule', 'remove', 'office', 'eu-1'], 'eu-1', { removeSchedule: 'office' }],
    [
      ['event', 'add', 'all-hands', 'eu-1', '--at', at, '--people', '400', '--lead', '1h', '--within', '5m'],
      'eu-1',
      { event: { name: 'all-hands', at, people: 400, leadMinutes: 60, minutes: 5 } },
    ],
    [['event', 'remove', 'all-hands'], '*', { removeEvent: 'all-hands' }],
    [['pause', 'eu-1'], 'eu-1', { paused: true }],
    [['pause', '--until', at], '*', { paused: { until: at } }],
    [['resume', 'eu-1'], 'eu-1', { paused: false }],
  ])('%j tells the orchestrator, once', async (words, shard, change) => {
    expect(await scale(...words, '--dry-run')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^would /),
    });
    expect(fleet.api.state.scaleTold).toEqual([{ shard, change, dryRun: true }]);
    expect(await scale(...words)).toMatchObject({
      code: 0,
      stdout: `set ${Object.keys(change)} of ${shard}\n`,
    });
    expect(fleet.api.state.scaleTold?.at(-1)).toEqual({ shard, change, dryRun: false });
    expect(await scale(...words)).toMatchObject({ code: 64 });
  });

  it('reckons --for from now on', async () => {
    const before = Date.now();
    await scale('floor', 'eu-1', '6', '--for', '2h');
    const until = Date.parse(fleet.api.state.scaleTold?.[0]?.change.floor?.until ?? '');
    expect(until - before).toBeGreaterThanOrEqual(7_200_000);
    expect(until - Date.now()).toBeLessThanOrEqual(7_200_000);
  });

  it.each([
    [['set', 'eu-1'], 'what shall be set?'],
    [['set', 'eu-1', '--option', 'target=1'], 'Give --policy'],
    [['set', 'eu-1', '--policy', 'best'], 'forecast'],
    [['set', 'eu-1', '--unset', 'colour'], 'One of these'],
    [['floor', 'eu-1'], 'how many bridges'],
    [['floor', 'eu-1', '3', '--clear'], 'or --clear'],
    [['floor', 'eu-1', '3', '--for', '1h', '--until', at], 'cannot be used'],
    [['floor', 'eu-1', '3', '--for', '1h', '--from', at], '--for is from now on'],
    [[...office, '--days', 'mo'], 'as in mon-fri'],
    [['event', 'add', 'a', '--at', at], '--people'],
  ])('refuses %j, and asks nobody', async (words, message) => {
    const { code, stderr } = await scale(...words);
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining(message) });
    expect(fleet.api.requests).toEqual([]);
  });
});

describe('what is shown of scaling', () => {
  beforeEach(() => {
    const limits = { ...shardScale('').limits, min: 5, noScaleDown: true, expected: 1.5 };
    const office = { name: 'office', window: 'mon 08:00 to 18:00 UTC', min: 5, max: null, noScaleDown: true };
    fleet.api.state.scale = [
      shardScale('eu-1', {
        decision,
        limits: { ...limits, reasons: ['at least 5 by a floor', 'none goes'] },
        schedules: [{ ...office, priority: 0, active: true }],
        events: [{ name: 'all-hands', people: 400, from: at, until: at }],
      }),
      shardScale('eu-2', { scaledElsewhere: true }),
    ];
  });

  it('is a line for each shard', async () => {
    expect((await scale('show')).stdout.split('\n')).toEqual([
      'SHARD   POLICY                    BRIDGES   OPEN   WANTED      MIN   MAX   MBIT/S   NOW                             WHY',
      'eu-1    forecast                  3         2      5, 1 open   5     8     400      no scale-down, +1.5 by events   exist 3: room for 1.2; at least 5',
      'eu-2    HorizontalPodAutoscaler   3         2      -           2     8     400      -                               -',
      '',
    ]);
    const { stdout } = await scale('show', 'eu-2', '--json');
    expect(JSON.parse(stdout)).toEqual([fleet.api.state.scale?.[1]]);
  });

  it('explains the last decision, and what it would be without limits', async () => {
    const { stdout } = await scale('explain', 'eu-1');
    expect(stdout.replace(/ +/g, ' ').split('\n')).toEqual([
      'Bridges: 3, 2 of them open',
      'Policy: forecast',
      'A bridge: 400 Mbit/s at most',
      `Decided: 5 bridges, 1 of them open, at ${at}`,
      'Because: exist 3: room for 1.2; at least 5',
      'Without limits: 3 bridges, 1 of them open: exist 3: room for 1.2',
      '',
      'Limits now:',
      ' at least 5 by a floor',
      ' none goes',
      '',
    ]);
    expect((await scale('explain', 'eu-2')).stdout).toContain('by a HorizontalPodAutoscaler');
    expect((await scale('explain', 'eu-9')).code).toBe(2);
  });

  it('lists schedules and events', async () => {
    expect((await scale('schedule', 'list')).stdout).toMatch(
      /office +eu-1 +mon 08:00 to 18:00 UTC +5 +- +yes +0 +yes/,
    );
    expect((await scale('event', 'list')).stdout).toContain('all-hands   eu-1    400');
    expect((await scale('event', 'list', 'eu-2')).stdout).toBe('none\n');
  });
});
