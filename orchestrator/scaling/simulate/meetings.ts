import type { Random } from '../../../common/random.ts';
import { lognormal, pareto, poisson } from './distributions.ts';
import { meanOf, minutesOf, type Trace } from './trace.ts';

/** One meeting of a simulated day. Minutes count from the trace's start. */
export interface Meeting {
  readonly startMinute: number;
  readonly minutes: number;
  readonly participants: number;
}

const minuteMs = 60_000;

/** Of an hour's meetings so many begin at the full hour, and so many at half past (scaling.md). */
const atFullHour = 0.27;
const atHalfPast = 0.14;
const elsewhere = (1 - atFullHour - atHalfPast) / 58;

/** Mean of `lengthOf` and of `sizeOf`, so that a trace's height can be given in participants. */
const meanMinutes = 51;
const meanParticipants = 6;

/**
 * The meetings of a trace, in the order in which they begin.
 *
 * @param meanLoad how many participants are there on average over the whole trace
 */
export function* meetingsOf(trace: Trace, meanLoad: number, random: Random): Generator<Meeting> {
  const { values, stepMs, startMs } = trace;
  const perMinute = meanLoad / meanOf(values) / meanMinutes / meanParticipants;
  const minutes = minutesOf(trace);
  for (let minute = 0; minute < minutes; minute += 1) {
    const value = values[Math.floor((minute * minuteMs) / stepMs)] ?? 0;
    const rate = value * perMinute * 60 * shareOfHour((startMs / minuteMs + minute) % 60);
    for (let left = poisson(random, rate); left > 0; left -= 1) {
      yield { startMinute: minute, minutes: lengthOf(random), participants: sizeOf(random) };
    }
  }
}

function shareOfHour(minuteOfHour: number): number {
  if (minuteOfHour === 0) return atFullHour;
  return minuteOfHour === 30 ? atHalfPast : elsewhere;
}

function lengthOf(random: Random): number {
  const kind = random();
  if (kind < 0.6) return Math.max(1, Math.round(lognormal(random, 36, 0.65)));
  if (kind < 0.98) return (random() < 0.5 ? 30 : 60) + Math.round(12 * random() - 6);
  return Math.round(Math.min(24 * 60, pareto(random, 120, 1.2)));
}

function sizeOf(random: Random): number {
  return Math.min(80, Math.max(2, Math.round(lognormal(random, 4, 0.85))));
}
