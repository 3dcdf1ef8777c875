import type { SurvivalCurve } from '../lifetimes/survival-curve.ts';
import { stationaryStarts } from './stationary-starts.ts';
import { type Span, withoutEnded } from './without-ended.ts';

/** What a bridge counts of its conferences. */
export interface ConferenceCount {
  /** When it was read, in milliseconds since the epoch. */
  readonly readMs: number;
  readonly there: number;
  /** Since the bridge started; undefined where it does not say. */
  readonly created: number | undefined;
}

/** The meetings on a bridge, as far as its counts tell. Times in milliseconds since the epoch. */
export interface BridgeMeetings {
  readonly readMs: number;
  /** As `ConferenceCount.created`. */
  readonly created: number | undefined;
  /** When each began, or came to this bridge; the oldest first. */
  readonly startedMs: readonly number[];
}

/** More do not come between two reads, whatever a counter says. */
const mostNew = 1_000;

/**
 * The meetings on a bridge after one more read. As many came since the last one as were created meanwhile, spread evenly;
 * which ones have ended is estimated (`withoutEnded`). Those that are there when a bridge is first read are as old as
 * meetings usually are.
 */
export function followMeetings(
  before: BridgeMeetings | undefined,
  { readMs, there, created }: ConferenceCount,
  survival: SurvivalCurve,
): BridgeMeetings {
  if (!before) return { readMs, created, startedMs: stationaryStarts(there, readMs, survival) };
  if (readMs === before.readMs) return before;
  const isRestarted = created !== undefined && created < (before.created ?? 0);
  const known = isRestarted ? [] : notAfter(readMs, before);
  const span = { fromMs: Math.min(before.readMs, readMs), toMs: readMs };
  const counted = isRestarted ? created : (created ?? 0) - (before.created ?? created ?? 0);
  const begun = Math.max(there - known.length, Math.min(counted, mostNew));
  const startedMs = begun > 0 ? [...known, ...spread(begun, span)] : known;
  const ended = startedMs.length - there;
  return {
    readMs,
    created,
    startedMs: ended === 0 ? startedMs : withoutEnded(startedMs, ended, span, survival),
  };
}

/** A new leader's clock may be behind that of the one before. */
function notAfter(nowMs: number, { readMs, startedMs }: BridgeMeetings): readonly number[] {
  return nowMs < readMs ? startedMs.map((began) => Math.min(began, nowMs)) : startedMs;
}

function spread(count: number, { fromMs, toMs }: Span): number[] {
  return Array.from({ length: count }, (_, place) =>
    Math.round(fromMs + ((place + 0.5) * (toMs - fromMs)) / count),
  );
}
