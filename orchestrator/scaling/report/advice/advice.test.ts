import { describe, expect, it } from 'vitest';
import type { LoadStep } from '../../load-history/load-step.ts';
import type { BridgeCapacity } from '../calibrate-bridge.ts';
import type { PeopleCost } from '../calibrate-people.ts';
import type { PolicyCost } from '../cost-policies.ts';
import type { RecordedShard } from '../recorded-shard.ts';
import { carried, hours, recorded } from '../testing/recorded.ts';
import { useOf } from '../use.ts';
import { advisePolicy } from './choose-policy.ts';
import { adviseLowerMin } from './lower-min.ts';
import { adviseRaiseMax } from './raise-max.ts';
import { adviseIdle } from './remove-idle.ts';
import { advisePeople } from './set-people.ts';
import { adviseTarget } from './set-target.ts';

const use = (steps: LoadStep[], more: Partial<RecordedShard> = {}) => useOf(recorded(steps, more));

/** Nights without anybody, and days with a load of 3. */
const dayAndNight = (atNight: number) => [...hours(12, carried(0, atNight)), ...hours(12, carried(3, 6))];

describe('adviseLowerMin', () => {
  it('lowers a min that nights do not ask for, to two at the least', () => {
    const advice = adviseLowerMin(use(dayAndNight(4), { min: 4 }));
    expect(advice).toMatchObject({ commands: ['scale set eu-1 --min 2'], isUrgent: false });
    // Two bridges in the eleven and a half hours of a night in which none is on its way.
    expect(advice?.savedBridgeHours).toBeCloseTo(2 * 11.5 * 7, 9);
  });

  it('lowers it to what the quietest hours ask for', () => {
    const advice = adviseLowerMin(
      use([...hours(12, carried(1.5, 8)), ...hours(12, carried(5, 8))], { min: 8 }),
    );
    expect(advice?.commands).toEqual(['scale set eu-1 --min 3']);
  });

  it.each<[string, LoadStep[], number]>([
    ['the min is two', dayAndNight(2), 2],
    ['there were more than the min: it did not keep them', dayAndNight(8), 4],
    ['the load asks for it', hours(24, carried(3, 5)), 5],
    ['hardly any hour is quiet', [...hours(1, carried(0, 5)), ...hours(167, carried(3, 5))], 5],
    ['nothing is known', [], 5],
  ])('says nothing when %s', (_what, steps, min) => {
    expect(adviseLowerMin(use(steps, { min }))).toBeUndefined();
  });
});

describe('adviseRaiseMax', () => {
  it('raises a max that kept bridges back, with room above what was seen', () => {
    const advice = adviseRaiseMax(use([...hours(23, carried(1, 3)), ...hours(1, carried(9, 6))], { max: 6 }));
    expect(advice).toMatchObject({ commands: ['scale set eu-1 --max 12'], isUrgent: true });
    expect(advice?.savedBridgeHours).toBeCloseTo(-(11 - 6) * 7, 9);
  });

  it.each<[string, LoadStep[]]>([
    ['the load fits', hours(24, carried(4, 6))],
    ['bridges were to come', hours(24, carried(9, 5))],
    ['it was for minutes', [...hours(24, carried(1, 3)), ...hours(1, carried(9, 6)).slice(0, 5)]],
    ['nothing is known', []],
  ])('says nothing when %s', (_what, steps) => {
    expect(adviseRaiseMax(use(steps, { max: 6 }))).toBeUndefined();
  });
});

describe('adviseTarget', () => {
  const capacity = (mbps: number, bound: BridgeCapacity['bound']): BridgeCapacity => {
    return { bitsPerSecond: mbps * 1e6, bound, steps: 100 };
  };

  it.each<[number, BridgeCapacity['bound'], string, boolean]>([
    [250, 'reached', 'scale set eu-1 --bridge-mbps 250', true],
    [500, 'at-least', 'scale set eu-1 --bridge-mbps 500', false],
    [2_000, 'at-least', 'scale set eu-1 --bridge-mbps 600', false],
  ])('%d Mbit/s, %s: %s', (mbps, bound, command, isUrgent) => {
    const advice = adviseTarget(use(hours(24, carried(6, 9))), capacity(mbps, bound));
    expect(advice).toMatchObject({ commands: [command], isUrgent });
  });

  it('saves what the load asks for less, and nothing below the min', () => {
    // 6 loads of 400 are 4 of 600: 6 bridges in place of 8.
    const steps = hours(24, carried(6, 9));
    expect(adviseTarget(use(steps), capacity(600, 'at-least'))?.savedBridgeHours).toBeCloseTo(2 * 168, 9);
    expect(adviseTarget(use(steps, { min: 7 }), capacity(600, 'at-least'))?.savedBridgeHours).toBeCloseTo(
      168,
      9,
    );
  });

  it.each<[string, BridgeCapacity | undefined]>([
    ['it is as set', capacity(400, 'reached')],
    ['it is near what is set', capacity(365, 'reached')],
    ['it is at least near what is set', capacity(435, 'at-least')],
    ['less is only the least that it is', capacity(200, 'at-least')],
    ['it is not known', undefined],
  ])('says nothing when %s', (_what, found) => {
    expect(adviseTarget(use(hours(24, carried(6, 9))), found)).toBeUndefined();
  });

  it('says nothing when the min decides', () => {
    expect(
      adviseTarget(use(hours(24, carried(6, 9)), { min: 9 }), capacity(600, 'at-least')),
    ).toBeUndefined();
  });
});

describe('adviseIdle', () => {
  const quiet = hours(96, carried(0.01, 2));
  const busy = hours(96, carried(1, 3));
  const alone = { others: { inRegion: 0, elsewhere: 1 } };

  it('has a shard removed that idles beside others', () => {
    const advice = adviseIdle([use(quiet), use(busy, { name: 'eu-2' })]);
    expect(advice).toMatchObject([
      { about: 'idle-shard', shards: ['eu-1'], commands: ['shard remove eu-1'] },
    ]);
    expect(advice[0]?.savedBridgeHours).toBeCloseTo(2 * 168, 9);
  });

  it('tells once of a region in which all idle', () => {
    const advice = adviseIdle([use(quiet), use(quiet, { name: 'eu-2' })]);
    expect(advice).toMatchObject([
      {
        about: 'idle-region',
        shards: ['eu-1', 'eu-2'],
        commands: ['shard remove eu-1', 'shard remove eu-2'],
      },
    ]);
    expect(adviseIdle([use(quiet, alone)])).toMatchObject([{ about: 'idle-region', shards: ['eu-1'] }]);
  });

  it.each<[string, LoadStep[], Partial<RecordedShard>]>([
    ['people come', busy, {}],
    ['they come on few days', [...quiet, ...hours(2, carried(1, 3))], {}],
    ['it was only a weekend', hours(63, carried(0, 2)), {}],
    ['nothing is known', [], {}],
    ['there is nothing else', quiet, { others: { inRegion: 0, elsewhere: 0 } }],
  ])('says nothing when %s', (_what, steps, more) => {
    expect(adviseIdle([use(steps, more)])).toEqual([]);
  });
});

describe('advisePeople', () => {
  const people = (bitsPerSecond: number): PeopleCost => {
    return { bitsPerSecond, idleBitsPerSecond: 0, spread: [1, 2], steps: 99 };
  };

  it('sets what a participant costs when it is clearly something else', () => {
    const advice = advisePeople(recorded([]), people(1.2345e6));
    expect(advice).toMatchObject({
      commands: ['scale set eu-1 --mbps-per-participant 1.2'],
      savedBridgeHours: 0,
    });
    expect(advisePeople(recorded([]), people(14e6))?.commands).toEqual([
      'scale set eu-1 --mbps-per-participant 14',
    ]);
  });

  it.each([
    ['it is about what is set', people(4.9e6)],
    ['it is not known', undefined],
  ])('says nothing when %s', (_what, found) => {
    expect(advisePeople(recorded([]), found)).toBeUndefined();
  });
});

describe('advisePolicy', () => {
  const cost = (
    policy: PolicyCost['policy'],
    bridgeHours: number,
    more: Partial<PolicyCost> = {},
  ): PolicyCost => {
    const none = { fluidBound: 0, overloadPpm: 0, hotPct: 0, launches: 0, relaunches30m: 0 };
    const score = { ...none, bridgeHours, splitLegs: 0, cut: 0, unserved: 0 };
    return { shard: 'eu-1', policy, score, meetsLevel: true, ...more };
  };
  const used = use(hours(24, carried(1, 4)));

  it('names the cheapest that serves well', () => {
    const costs = [cost('hpa', 80), cost('dyte', 60), cost('rules', 40, { meetsLevel: false })];
    const advice = advisePolicy(used, costs);
    expect(advice?.commands).toEqual(['scale set eu-1 --policy dyte']);
    expect(advice?.savedBridgeHours).toBeCloseTo((4 * 24 - 60) * 7, 9);
  });

  it('compares with the present one if that was simulated too', () => {
    const costs = [cost('hpa', 80), cost('forecast', 90)];
    expect(advisePolicy(used, costs)?.savedBridgeHours).toBeCloseTo(10 * 7, 9);
  });

  it.each<[string, PolicyCost[]]>([
    ['the present one is the cheapest', [cost('hpa', 60), cost('forecast', 20)]],
    ['none was simulated', []],
    ['none serves well', [cost('hpa', 10, { meetsLevel: false })]],
    ['none is clearly cheaper', [cost('hpa', 93)]],
    ['it is another shard', [cost('hpa', 10, { shard: 'eu-2' })]],
  ])('says nothing when %s', (_what, costs) => {
    expect(advisePolicy(used, costs)).toBeUndefined();
  });
});
