import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unknownStep } from '../load-history/load-step.ts';
import { reportOf } from './report.ts';
import { carried, hours, recorded } from './testing/recorded.ts';

describe('reportOf', () => {
  it('advises first what people suffer from, then what saves most', () => {
    const [night, day] = [hours(12, carried(0, 6)), hours(12, carried(3, 6))];
    const shards = [
      recorded([...night, ...day], { name: 'dear', min: 6 }),
      recorded([...night, ...hours(12, carried(9, 8))], { name: 'short', max: 8 }),
      recorded(hours(96, carried(0, 3)), { name: 'idle' }),
    ];
    const { advice } = reportOf(shards, []);
    expect(advice.map(({ about, shards: [name] }) => `${about} ${name}`)).toEqual([
      'max short',
      'idle-shard idle',
      'min dear',
    ]);
  });

  it('says nothing more of a shard that idles', () => {
    const { advice } = reportOf([recorded(hours(96, carried(0, 5)), { min: 5 })], []);
    expect(advice.map(({ about }) => about)).toEqual(['idle-shard']);
  });

  it('calibrates over all shards together', () => {
    const people = (participants: number) => carried(participants / 200, 2, { participants });
    const shards = [recorded(hours(2, people(100))), recorded(hours(2, people(40)), { name: 'eu-2' })];
    const report = reportOf(shards, []);
    expect(report.shards[0]?.people).toBeNull();
    expect(report.people).toMatchObject({ bitsPerSecond: 2e6, steps: 48 });
  });

  it('holds for whatever was recorded', () => {
    const number = fc.option(fc.double({ min: 0, max: 20, noNaN: true }), { nil: undefined });
    const step = fc.record({ load: number, bridges: number, highestStress: number });
    const day = fc.array(step, { maxLength: 300 });
    const range = fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 12 }));
    fc.assert(
      fc.property(day, range, (steps, [min, more]) => {
        const shard = recorded(
          steps.map(({ load, ...rest }) => {
            const bits = load === undefined ? undefined : load * 400e6;
            return { ...unknownStep, ...rest, bitsPerSecond: bits, demand: bits };
          }),
          { min, max: min + more },
        );
        const { advice, shards } = reportOf([shard], []);
        for (const { savedBridgeHours, commands } of advice) {
          expect(savedBridgeHours).toBeLessThanOrEqual(shards[0]?.usage.bridgeHours ?? 0);
          expect(commands.join()).not.toMatch(/NaN|Infinity|undefined/);
        }
        expect(JSON.stringify(shards)).not.toContain('"bridgeHours":null');
      }),
    );
  });
});
