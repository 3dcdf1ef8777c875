import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantOf, isTimeZone, wallTimeOf } from './wall-time.ts';

const wall = (zone: string, utc: string) => new Date(wallTimeOf(zone)(Date.parse(utc))).toISOString();
const instant = (text: string, zone: string) => new Date(instantOf(text, zone)).toISOString();

describe('wallTimeOf', () => {
  it.each([
    ['UTC', '2026-07-01T12:00:00.000Z', '2026-07-01T12:00:00.000Z'],
    // Clocks go forward, and back.
    ['Europe/Berlin', '2026-03-29T00:59:59.000Z', '2026-03-29T01:59:59.000Z'],
    ['Europe/Berlin', '2026-03-29T01:00:00.000Z', '2026-03-29T03:00:00.000Z'],
    ['Europe/Berlin', '2026-10-25T00:59:59.000Z', '2026-10-25T02:59:59.000Z'],
    ['Europe/Berlin', '2026-10-25T01:00:00.000Z', '2026-10-25T02:00:00.000Z'],
    ['Asia/Kathmandu', '2026-07-01T12:00:00.123Z', '2026-07-01T17:45:00.123Z'],
    ['America/St_Johns', '2026-07-01T12:00:00.000Z', '2026-07-01T09:30:00.000Z'],
    // By half an hour.
    ['Australia/Lord_Howe', '2026-04-04T14:59:00.000Z', '2026-04-05T01:59:00.000Z'],
    ['Australia/Lord_Howe', '2026-04-04T15:00:00.000Z', '2026-04-05T01:30:00.000Z'],
  ])('has in %s at %s the wall time %s', (zone, utc, expected) => {
    expect(wall(zone, utc)).toBe(expected);
  });

  it('does not mix up moments that are asked for in turn', () => {
    const zone = 'America/New_York';
    const [winter, summer] = ['2026-01-01T12:00:00.000Z', '2026-07-01T12:00:00.000Z'];
    for (const [utc, hour] of [
      [winter, 7],
      [summer, 8],
      [winter, 7],
    ] as const) {
      expect(new Date(wall(zone, utc)).getUTCHours()).toBe(hour);
    }
  });
});

describe('instantOf', () => {
  it.each([
    ['2026-07-01T12:00:00Z', 'Europe/Berlin', '2026-07-01T12:00:00.000Z'],
    ['2026-07-01T12:00:00+05:30', 'Europe/Berlin', '2026-07-01T06:30:00.000Z'],
    ['2026-07-01T12:00', 'Europe/Berlin', '2026-07-01T10:00:00.000Z'],
    ['2026-03-29T12:00', 'Europe/Berlin', '2026-03-29T10:00:00.000Z'],
    ['2026-03-29T02:30', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
    ['2026-10-25T02:30', 'Europe/Berlin', '2026-10-25T00:30:00.000Z'],
    ['2026-10-25T03:00', 'Europe/Berlin', '2026-10-25T02:00:00.000Z'],
    ['2026-03-08T03:00', 'America/New_York', '2026-03-08T07:00:00.000Z'],
  ])('%s in %s is %s', (text, zone, expected) => {
    expect(instant(text, zone)).toBe(expected);
  });

  it('is the way back from the wall, wherever clocks do not go twice', () => {
    const zones = fc.constantFrom(
      'UTC',
      'Europe/Berlin',
      'Asia/Kathmandu',
      'Pacific/Apia',
      'America/St_Johns',
    );
    const times = fc.integer({ min: Date.UTC(2020) / 60_000, max: Date.UTC(2035) / 60_000 });
    fc.assert(
      fc.property(zones, times, (zone, minute) => {
        const ms = minute * 60_000;
        const back = instantOf(new Date(wallTimeOf(zone)(ms)).toISOString().slice(0, 16), zone);
        expect(wallTimeOf(zone)(back)).toBe(wallTimeOf(zone)(ms));
        expect(Math.abs(back - ms)).toBeLessThanOrEqual(3_600_000);
      }),
    );
  });
});

it('knows zones by their names in the database', () => {
  expect(['Europe/Berlin', 'UTC'].every(isTimeZone)).toBe(true);
  expect(['Berlin', 'Mars/Olympus', ''].some(isTimeZone)).toBe(false);
});
