import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FleetAtWork, startFleetAtWork } from '../../testing/fleet-at-work.ts';
import { usher } from '../../testing/usher.ts';

let fleet: FleetAtWork;
beforeEach(async () => {
  fleet = await startFleetAtWork();
});
afterEach(() => fleet.end());

const scale = (...words: string[]) => usher(fleet.words('scale', ...words));
const at = '2030-05-01T14:00:00.000Z';

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
    [['event', 'add', 'a b', '--at', at, '--people', '3'], 'Expected at most 60 letters'],
    [['event', 'add', 'a', '--at', '14:00', '--people', '3'], 'Expected a time, as in 2030-05-01T14:00'],
    [['pause', 'eu-1', '--until', 'tomorrow'], 'Expected a time, as in'],
    [[...floor, '3', '--from', '2030-02-30T08:00'], 'Expected a time, as in'],
    [['set', '--time-zone', 'Berlin'], 'Expected a time zone of the IANA database'],
    [['set', '--min', '9', '--max', '4'], '--min 9: expected no more than --max 4'],
    [[...office, '--min', '9', '--max', '4'], '--min 9: expected no more than --max 4'],
    [office, 'what shall hold then?'],
    [['schedule', 'add', 'a', '--from', '8', '--to', '18:00', '--min', '3'], 'from 00:00 to 24:00'],
  ])('refuses %j, and asks nobody', async (words, message) => {
    const { code, stderr } = await scale(...words);
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining(message) });
    expect(fleet.api.requests).toEqual([]);
  });
});
