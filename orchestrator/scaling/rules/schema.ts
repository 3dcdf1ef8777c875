import { z } from 'zod';
import { policyChoice } from './policy-choice.ts';
import { isTimeZone } from './wall-time.ts';

/** The days of a week, Sunday first, as JavaScript counts them. */
export const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

const bridges = z.int().min(1).max(1000);

/** How a schedule or an event is called, to be named again when it is taken back. */
export const ruleName = z
  .string()
  .regex(/^[\w.-]{1,60}$/, 'expected at most 60 letters, digits, dots, hyphens and underscores');

/** Where people live. */
export const timeZone = z
  .string()
  .refine(isTimeZone, 'expected a time zone of the IANA database, as in Europe/Berlin');

const exact = z.iso.datetime({ offset: true, local: true });

/** A moment: ISO 8601, with an offset or Z, or without one by the clocks of the shard's time zone. */
export const moment = z
  .string()
  .refine(
    (text) => exact.safeParse(text.replace(/(T\d\d:\d\d)(?=[Z+-])/, '$1:00')).success,
    'expected a time, as in 2030-05-01T14:00, or with an offset or Z',
  );

/** A time of the day. YAML of old reads it as a number, unless it is quoted. */
export const clock = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'expected a time of the day from 00:00 to 24:00');

/** A window that comes again every week. */
export const schedule = z
  .strictObject({
    name: ruleName,
    /** On which days it begins. Every day, unless given. */
    days: z.array(z.enum(weekdays)).min(1).optional(),
    /** When it begins, by the clocks of the time zone. */
    from: clock,
    /** When it ends; on the next day where that is not after `from`. */
    to: clock,
    min: bridges.optional(),
    max: bridges.optional(),
    /** No bridge goes. */
    noScaleDown: z.boolean().optional(),
    /** Of several at a time the highest wins, for each of `min`, `max` and `noScaleDown` by itself. 0 unless given. */
    priority: z.int().min(-1000).max(1000).optional(),
  })
  .refine(({ from, to }) => from !== to, { path: ['to'], message: 'a whole day is from "00:00" to "24:00"' })
  .refine(({ min = 1, max = min }) => min <= max, { path: ['min'], message: 'must not be above max' })
  .refine((one) => (one.min ?? one.max ?? one.noScaleDown) !== undefined, 'give min, max or noScaleDown');
export type Schedule = z.infer<typeof schedule>;

/** People who are announced. */
export const event = z.strictObject({
  name: ruleName,
  at: moment,
  people: z.int().min(1).max(1_000_000),
  /** There is room for them so long before. 20 unless given: bridges need some minutes to start. */
  leadMinutes: z.int().min(0).max(1440).optional(),
  /** They are expected for so long after `at`; then those who came are in the load. 15 unless given. */
  minutes: z.int().min(0).max(1440).optional(),
});
export type ScaleEvent = z.infer<typeof event>;

/** Bridges at least, for a while: from now on and for good, unless given. */
export const floor = z.strictObject({ bridges, from: moment.optional(), until: moment.optional() });
export type Floor = z.infer<typeof floor>;

/** All stays as it is: for good or until then. */
export const pause = z.union([z.boolean(), z.strictObject({ until: moment })]);

/** The part of them that is one value each. */
export const scaleValues = z.strictObject({
  /** What decides how many bridges there are: a name, or a name with its options. `forecast` unless given. */
  policy: policyChoice.optional(),
  /** What a bridge should carry at most, sent and received, in Mbit/s. 400 unless given. */
  bridgeMbps: z.number().positive().max(1_000_000).optional(),
  /** What a participant is reckoned with before they are there, in Mbit/s. 4 unless given. */
  mbpsPerParticipant: z.number().positive().max(1_000).optional(),
  /** Where the people live, by the IANA database: of forecasts, schedules and times without an offset. `UTC` unless given. */
  timeZone: timeZone.optional(),
  /** Bridges that are there and take conferences at least, in place of what BRIDGES in the overlay says. */
  min: bridges.optional(),
  /** Bridges that are there at most, likewise. Wins over everything but the meetings on more. */
  max: bridges.optional(),
});
export type ScaleValues = z.infer<typeof scaleValues>;

/** How bridges are scaled: of a fleet in `fleet.yaml`, of all shards or of one in `scale.yaml`. */
export const scaleSettings = scaleValues
  .extend({
    /** Windows that come again every week. */
    schedules: z.array(schedule).optional(),
    /** Announced events. On every shard, if said of all: nobody knows where their rooms will sit. */
    events: z.array(event).optional(),
    /** Bridges at least, now or for a while. */
    floors: z.array(floor).optional(),
    /** All stays as it is: `true`, or `{ until: time }`. */
    paused: pause.optional(),
  })
  .refine(({ min = 1, max = min }) => min <= max, { path: ['min'], message: 'must not be above max' });
export type ScaleSettings = z.infer<typeof scaleSettings>;
