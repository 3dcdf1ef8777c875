import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ShardScale } from '../../../orchestrator/api/schema/scale.ts';
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
const forecast = { within5: 1.3, within25: 1.6, within30: 1.4 };
const decision = {
  ...wanted,
  exist: 5,
  at,
  forecast,
  reasons: ['exist 3: room for 1.2', 'at least 5'],
  wanted,
};

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
      'SHARD   POLICY                    BRIDGES   OPEN   WANTED      LOAD   IN 25 MIN   MIN   MAX   MBIT/S   NOW                             WHY',
      'eu-1    forecast                  3         2      5, 1 open   1.2    below 1.6   5     8     400      no scale-down, +1.5 by events   exist 3: room for 1.2; at least 5',
      'eu-2    HorizontalPodAutoscaler   3         2      -           1.2    -           2     8     400      -                               -',
      '',
    ]);
    const { stdout } = await scale('show', 'eu-2', '--json');
    expect(JSON.parse(stdout)).toEqual([fleet.api.state.scale?.[1]]);
  });

  it('explains the last decision, and what it would be without limits', async () => {
    const { stdout } = await scale('explain', 'eu-1');
    expect(
      stdout
        .replace(/ --fleet .*/g, '')
        .replace(/(?<=\S) +/g, ' ')
        .split('\n'),
    ).toEqual([
      'eu-1 has 3 bridges, 2 of them open. 2 more start.',
      '',
      'Load: 1.2 full bridges of 400 Mbit/s; below 1.6 within 25 min, with 99 %',
      'Policy: forecast',
      `Decided: 5 bridges, 1 of them open, at ${at}`,
      'Without limits: 3 bridges, 1 of them open',
      '',
      'Because:',
      '  exist 3: room for 1.2',
      '  at least 5',
      '',
      'Limits now:',
      '  at least 5 by a floor',
      '  none goes',
      '',
      'To have it otherwise:',
      expect.stringMatching(/^ {2}More for a while: .*usher scale floor eu-1 6 --for 2h$/),
      expect.stringMatching(/^ {2}Leave them as they are: .*usher scale pause eu-1 --for 1h$/),
      expect.stringMatching(/^ {2}What was done: .*usher events --shard eu-1$/),
      '',
    ]);
    expect((await scale('explain', 'eu-2')).stdout).toContain('A HorizontalPodAutoscaler decides');
    expect((await scale('explain', 'eu-9')).code).toBe(2);
  });

  const { limits } = shardScale('');
  it.each<[string, Partial<ShardScale>, string, RegExp]>([
    ['nothing is decided', { decision: null, load: null }, 'Nothing is decided yet', /not known of 400/],
    ['all is well', { decision: { ...decision, exist: 3 } }, 'None starts and none goes.', /--for 2h/],
    [
      'some go',
      { decision: { ...decision, exist: 1 } },
      '2 go, when they are drained and empty.',
      /events --shard/,
    ],
    [
      'none may go',
      { limits: { ...limits, noScaleDown: true }, decision: { ...decision, exist: 1 } },
      'None goes at',
      /./,
    ],
    [
      'paused',
      { limits: { ...limits, paused: true }, decision },
      'Scaling is paused',
      /usher scale resume eu-1/,
    ],
    [
      'held back',
      { limits: { ...limits, max: 3 }, decision: { ...decision, exist: 3, wanted: { ...wanted, exist: 6 } } },
      'None starts',
      /As many as wanted: +.*usher scale set eu-1 --max 6/,
    ],
  ])('explains what happens when %s, and what to type', async (_what, more, happens, text) => {
    fleet.api.state.scale = [shardScale('eu-1', more)];
    const { stdout } = await scale('explain', 'eu-1');
    expect(stdout).toContain(happens);
    expect(stdout).toMatch(text);
  });

  it('lists schedules and events', async () => {
    expect((await scale('schedule', 'list')).stdout).toMatch(
      /office +eu-1 +mon 08:00 to 18:00 UTC +5 +- +yes +0 +yes/,
    );
    expect((await scale('event', 'list')).stdout).toContain('all-hands   eu-1    400');
    expect((await scale('event', 'list', 'eu-2')).stdout).toBe('none\n');
  });
});
