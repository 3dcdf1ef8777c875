import type { ShardSpec } from '../../../shards/spec/schema.ts';
import type { PolicyChoice } from './policy-choice.ts';
import type { Floor, ScaleEvent, ScaleSettings, Schedule } from './schema.ts';
import { instantOf } from './wall-time.ts';

/** What applies to the bridges of one shard, of all that was said of it. Times in milliseconds since the epoch. */
export interface ScaleRules {
  readonly policy: PolicyChoice;
  readonly bridgeMbps: number;
  readonly mbpsPerParticipant: number;
  readonly timeZone: string;
  readonly min: SaidBound;
  readonly max: SaidBound;
  readonly schedules: readonly Schedule[];
  readonly events: readonly (ScaleEvent & Window)[];
  readonly floors: readonly (Floor & Window)[];
  readonly pauses: readonly Window[];
}

export interface SaidBound {
  readonly value: number;
  /** Who said it, as in `by BRIDGES of its overlay`. */
  readonly said: string;
}

/** From when until when something applies, and what it is in words. */
export interface Window {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly said: string;
}

/** Settings, and where they stand. */
export interface SaidSettings {
  /** As in `fleet.yaml`. */
  readonly where: string;
  readonly settings: ScaleSettings;
}

/** Where nobody says otherwise. */
export const usualTimeZone = 'UTC';

/** How soon, and for how long, an event that does not say is expected, in minutes. */
const leadMinutes = 20;
const lateMinutes = 15;

/**
 * The rules of one shard. The last word wins; of schedules and events the last one of a name; floors and pauses all hold.
 *
 * @param said the words on its fleet first, those on this shard last
 */
export function scaleRules(
  { bridges }: Pick<ShardSpec, 'bridges'>,
  said: readonly SaidSettings[],
): ScaleRules {
  const all = said.map(({ settings }) => settings);
  const last = <T>(of: (settings: ScaleSettings) => T | undefined, fallback: T): T =>
    all.reduce((value, settings) => of(settings) ?? value, fallback);
  const bound = (key: 'min' | 'max'): SaidBound => {
    const word = said.findLast(({ settings }) => settings[key] !== undefined);
    return word
      ? { value: word.settings[key] ?? bridges[key], said: `by ${word.where}` }
      : { value: bridges[key], said: 'by BRIDGES of its overlay' };
  };
  const timeZone = last((one) => one.timeZone, usualTimeZone);
  return {
    policy: last((one) => one.policy, { name: 'forecast', options: {} }),
    bridgeMbps: last((one) => one.bridgeMbps, 400),
    mbpsPerParticipant: last((one) => one.mbpsPerParticipant, 4),
    timeZone,
    min: bound('min'),
    max: bound('max'),
    schedules: byName(all.flatMap(({ schedules }) => schedules ?? [])),
    events: byName(all.flatMap(({ events }) => events ?? [])).map((one) => windowOfEvent(one, timeZone)),
    floors: all.flatMap(({ floors }) => floors ?? []).map((one) => windowOfFloor(one, timeZone)),
    pauses: said.flatMap((one) => windowOfPause(one, timeZone)),
  };
}

/** When an event is reckoned with. */
export function windowOfEvent(event: ScaleEvent, timeZone: string): ScaleEvent & Window {
  const atMs = instantOf(event.at, timeZone);
  return {
    ...event,
    fromMs: atMs - (event.leadMinutes ?? leadMinutes) * 60_000,
    untilMs: atMs + (event.minutes ?? lateMinutes) * 60_000,
    said: `event ${event.name} at ${new Date(atMs).toISOString()}`,
  };
}

/** When a floor holds. */
export function windowOfFloor(floor: Floor, timeZone: string): Floor & Window {
  const fromMs = floor.from === undefined ? Number.NEGATIVE_INFINITY : instantOf(floor.from, timeZone);
  const untilMs = floor.until === undefined ? Number.POSITIVE_INFINITY : instantOf(floor.until, timeZone);
  return { ...floor, fromMs, untilMs, said: `a floor ${untilText(untilMs)}` };
}

/** When a pause holds; none if there is none. */
export function windowOfPause({ where, settings }: SaidSettings, timeZone: string): Window[] {
  const { paused } = settings;
  if (paused === undefined || paused === false) return [];
  const untilMs = paused === true ? Number.POSITIVE_INFINITY : instantOf(paused.until, timeZone);
  return [{ fromMs: Number.NEGATIVE_INFINITY, untilMs, said: `paused by ${where} ${untilText(untilMs)}` }];
}

function untilText(ms: number): string {
  return ms === Number.POSITIVE_INFINITY ? 'until it is taken back' : `until ${new Date(ms).toISOString()}`;
}

function byName<T extends { readonly name: string }>(rules: readonly T[]): T[] {
  return [...new Map(rules.map((rule) => [rule.name, rule])).values()];
}
