import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { limitsAt } from './limits-at.ts';
import { scaleSettings } from './schema.ts';
import { shardRules } from './shard-rules.ts';

const spec = { name: 'eu-1', bridges: { min: 2, max: 8 } };

/** @param settings of the shard in scale.yaml, unless they are by section */
function limits(settings: object, at: string, fleet: object = {}) {
  const file = '*' in settings || 'eu-1' in settings ? settings : { 'eu-1': settings };
  const parsed = Object.fromEntries(
    Object.entries(file).map(([name, section]) => [name, scaleSettings.parse(section)]),
  );
  return limitsAt(shardRules(spec, scaleSettings.parse(fleet), parsed), Date.parse(at));
}

const free = { min: 2, max: 8, noScaleDown: false, paused: false, expected: 0 };
const berlin = { timeZone: 'Europe/Berlin' };
const workdays = ['mon', 'tue', 'wed', 'thu', 'fri'];
const office = { name: 'office', days: workdays, from: '08:00', to: '18:00', min: 5, noScaleDown: true };
const night = { name: 'night', days: ['fri'], from: '22:00', to: '06:00', max: 3 };
const busy = { name: 'busy', from: '00:00', to: '24:00', min: 6 };

describe('limitsAt', () => {
  // 2026-03-27 is a Friday; clocks go forward in Berlin on the 29th, and back on 2026-10-25.
  it.each<[string, object, string, object]>([
    ['bounds of the overlay', {}, '2026-03-27T12:00Z', free],
    ['bounds of its own', { min: 3, max: 4 }, '2026-03-27T12:00Z', { min: 3, max: 4 }],
    ['bounds of every shard', { '*': { min: 3 } }, '2026-03-27T12:00Z', { min: 3, max: 8 }],
    ['its own before that', { '*': { min: 3 }, 'eu-1': { min: 1 } }, '2026-03-27T12:00Z', { min: 1 }],
    ['nothing for others', { 'eu-1': {}, 'eu-2': { min: 7 } }, '2026-03-27T12:00Z', free],
    ['the most over the least', { '*': { max: 1 } }, '2026-03-27T12:00Z', { min: 1, max: 1 }],

    ['a window', { schedules: [office] }, '2026-03-27T08:00Z', { min: 5, noScaleDown: true }],
    ['not its last minute', { schedules: [office] }, '2026-03-27T18:00Z', free],
    ['not at the weekend', { schedules: [office] }, '2026-03-28T12:00Z', free],
    ['in winter', { ...berlin, schedules: [office] }, '2026-03-27T06:59Z', free],
    ['in winter', { ...berlin, schedules: [office] }, '2026-03-27T07:00Z', { min: 5 }],
    ['in summer', { ...berlin, schedules: [office] }, '2026-03-30T06:00Z', { min: 5 }],
    ['and back', { ...berlin, schedules: [office] }, '2026-10-26T06:59Z', free],
    ['and back', { ...berlin, schedules: [office] }, '2026-10-26T07:00Z', { min: 5 }],
    ['before midnight', { schedules: [night] }, '2026-03-27T23:59Z', { max: 3 }],
    ['over midnight', { schedules: [night] }, '2026-03-28T05:59Z', { max: 3 }],
    ['until it ends', { schedules: [night] }, '2026-03-28T06:00Z', free],
    ['not from the day before', { schedules: [night] }, '2026-03-27T05:00Z', free],
    [
      'days of the wall',
      { ...berlin, schedules: [{ ...night, to: '23:30' }] },
      '2026-03-27T22:29Z',
      { max: 3 },
    ],
    ['a whole day', { schedules: [busy] }, '2026-03-29T23:59Z', { min: 6 }],
    [
      'the larger of equals',
      { schedules: [busy, office] },
      '2026-03-27T12:00Z',
      { min: 6, noScaleDown: true },
    ],
    [
      'the higher priority',
      { schedules: [busy, { ...office, priority: 1 }] },
      '2026-03-27T12:00Z',
      { min: 5, noScaleDown: true },
    ],
    [
      'one of a name',
      { '*': { schedules: [busy] }, 'eu-1': { schedules: [{ ...busy, min: 3 }] } },
      '2026-03-27T12:00Z',
      { min: 3 },
    ],

    ['a floor', { floors: [{ bridges: 4 }] }, '2026-03-27T12:00Z', { min: 4 }],
    ['no lower floor', { floors: [{ bridges: 1 }] }, '2026-03-27T12:00Z', free],
    ['the highest floor', { floors: [{ bridges: 3 }, { bridges: 4 }] }, '2026-03-27T12:00Z', { min: 4 }],
    ['a later floor', { floors: [{ bridges: 4, from: '2026-03-27T13:00' }] }, '2026-03-27T12:59Z', free],
    [
      'a floor that is over',
      { floors: [{ bridges: 4, until: '2026-03-27T12:00' }] },
      '2026-03-27T12:00Z',
      free,
    ],
    [
      'a floor in its zone',
      { ...berlin, floors: [{ bridges: 4, until: '2026-03-27T13:00' }] },
      '2026-03-27T11:59Z',
      { min: 4 },
    ],

    ['a pause', { paused: true }, '2026-03-27T12:00Z', { ...free, paused: true }],
    [
      'a pause of all',
      { '*': { paused: true }, 'eu-1': { paused: false } },
      '2026-03-27T12:00Z',
      { paused: true },
    ],
    ['a pause that is over', { paused: { until: '2026-03-27T12:00Z' } }, '2026-03-27T12:00Z', free],
  ])('has %s', (_what, settings, at, expected) => {
    expect(limits(settings, at)).toMatchObject(expected);
  });

  it.each([
    ['13:39Z', 0],
    ['13:40Z', 4],
    ['14:14Z', 4],
    ['14:15Z', 0],
  ])('expects 400 people at 14:00 from their lead until they are there: at %s %i', (clock, expected) => {
    const events = [{ name: 'all-hands', at: '2026-03-27T14:00', people: 400 }];
    expect(limits({ events }, `2026-03-27T${clock}`).expected).toBe(expected);
  });

  it('adds events up, in bridges of the size that is set', () => {
    const at = '2026-03-27T14:00';
    const events = [
      { name: 'a', at, people: 100 },
      { name: 'b', at, people: 300, leadMinutes: 60, minutes: 0 },
    ];
    const fleet = { bridgeMbps: 200, mbpsPerParticipant: 2 };
    expect(limits({ events }, '2026-03-27T13:45Z', fleet).expected).toBe(4);
    expect(limits({ events }, '2026-03-27T13:10Z', fleet).expected).toBe(3);
    expect(limits({ events }, '2026-03-27T14:05Z', fleet).expected).toBe(1);
  });

  it('says who asked for what', () => {
    const settings = {
      '*': { max: 4 },
      'eu-1': { schedules: [office], floors: [{ bridges: 6 }], paused: true },
    };
    expect(limits(settings, '2026-03-27T12:00Z', { min: 3 }).reasons).toEqual([
      'at least 6 by a floor until it is taken back',
      'at most 4 by scale.yaml for every shard',
      '4 of the 6 bridges asked for: the most wins',
      'none goes, by schedule office (mon, tue, wed, thu, fri 08:00 to 18:00 UTC)',
      'all stays as it is, paused by scale.yaml until it is taken back',
    ]);
    expect(limits({}, '2026-03-27T12:00Z', { min: 3 }).reasons[0]).toBe('at least 3 by fleet.yaml');
  });

  it('never contradicts itself, whatever is said', () => {
    const clock = fc.constantFrom('00:00', '06:30', '12:00', '23:59');
    const few = fc.integer({ min: 1, max: 12 });
    const some = fc.record(
      {
        min: few,
        max: few,
        timeZone: fc.constantFrom('UTC', 'Europe/Berlin', 'Pacific/Apia'),
        schedules: fc.array(
          fc.record({ name: fc.constantFrom('a', 'b'), from: clock, to: clock, min: few, priority: few }),
          { maxLength: 3 },
        ),
        floors: fc.array(fc.record({ bridges: few }), { maxLength: 2 }),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(some, some, some, fc.integer({ min: 0, max: 4e9 }), (fleet, every, own, second) => {
        const [first, ...file] = [fleet, every, own].map((one) => scaleSettings.safeParse(one).data ?? {});
        const [all = {}, mine = {}] = file;
        const rules = shardRules(spec, first ?? {}, { '*': all, 'eu-1': mine });
        const { min, max, expected, reasons } = limitsAt(rules, second * 1000);
        expect(min).toBeGreaterThanOrEqual(1);
        expect(max).toBeGreaterThanOrEqual(min);
        expect(expected).toBe(0);
        expect(reasons.length).toBeGreaterThanOrEqual(2);
      }),
    );
  });
});
