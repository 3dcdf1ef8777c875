import type { ScaledMeeting } from '../scale-policy.ts';

/** A meeting that goes on: how many people of it are on which bridge. */
export interface LiveMeeting extends ScaledMeeting {
  readonly endMinute: number;
  readonly legs: Leg[];
}

export interface Leg {
  readonly bridge: SimulatedBridge;
  people: number;
}

/** A bridge of the simulated shard. */
export interface SimulatedBridge {
  readonly name: string;
  readonly startedMinute: number;
  /** From this minute on it takes conferences; Infinity: its start failed. */
  readonly readyMinute: number;
  isDraining: boolean;
  people: number;
  readonly meetings: LiveMeeting[];
  /** Meetings that have come to it since it started. */
  conferencesCreated: number;
}

/** Puts one more of this meeting's people on a bridge; tells whether the meeting is new there. */
export function seat(meeting: LiveMeeting, bridge: SimulatedBridge): boolean {
  bridge.people += 1;
  const leg = meeting.legs.find((one) => one.bridge === bridge);
  if (leg) leg.people += 1;
  else {
    meeting.legs.push({ bridge, people: 1 });
    bridge.meetings.push(meeting);
    bridge.conferencesCreated += 1;
  }
  return !leg;
}

/** Takes a meeting's people off a bridge. */
export function unseat(meeting: LiveMeeting, { bridge, people }: Leg): void {
  bridge.people -= people;
  const place = bridge.meetings.indexOf(meeting);
  const last = bridge.meetings.pop();
  if (last && last !== meeting) bridge.meetings[place] = last;
}
