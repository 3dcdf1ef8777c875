import { z } from 'zod';
import type { SurvivalCurve } from '../lifetimes/survival-curve.ts';
import type { ScaledBridge, ScaledMeeting } from '../scale-policy.ts';
import type { CountedBridge } from '../scale-view.ts';
import { type BridgeMeetings, followMeetings } from './bridge-meetings.ts';

const minuteMs = 60_000;

const rememberedMeetings = z.record(
  z.string(),
  z.object({ read: z.number(), created: z.number().optional(), started: z.array(z.number()) }),
);

/** With the same as policies see them, which are made anew only when they change. */
interface KnownMeetings extends BridgeMeetings {
  readonly meetings: readonly ScaledMeeting[];
}

/** The meetings on the bridges of one shard. */
export class MeetingsBook {
  #on: ReadonlyMap<string, KnownMeetings> = new Map();

  /** The bridges at one look, with their meetings. What is gone is forgotten. */
  look(bridges: readonly CountedBridge[], survival: SurvivalCurve): ScaledBridge[] {
    const on = new Map<string, KnownMeetings>();
    const scaled = bridges.map(({ name, state, startedMs, load, conferences }) => {
      const before = this.#on.get(name);
      const after = conferences ? known(followMeetings(before, conferences, survival), before) : before;
      if (after) on.set(name, after);
      return { name, state, startedMs, load, meetings: after?.meetings ?? [] };
    });
    this.#on = on;
    return scaled;
  }

  /** What the next leader must know, as JSON: in whole minutes, for it is written each minute. */
  memory(): unknown {
    const entries = [...this.#on].map(([name, { readMs, created, startedMs }]) => [
      name,
      { read: minutesOf(readMs), created, started: startedMs.map(minutesOf) },
    ]);
    return Object.fromEntries(entries);
  }

  /** A leadership begins, with the `memory` of the one before, if there is any that can be used. */
  begin(memory: unknown): void {
    const remembered = rememberedMeetings.safeParse(memory).data ?? {};
    const entries = Object.entries(remembered).map(([name, { read, created, started }]) => {
      const startedMs = started.map((minutes) => minutes * minuteMs);
      return [name, known({ readMs: read * minuteMs, created, startedMs })] as const;
    });
    this.#on = new Map(entries);
  }
}

function known(after: BridgeMeetings, before?: KnownMeetings): KnownMeetings {
  const isSame = after.startedMs === before?.startedMs;
  const meetings = isSame ? before.meetings : after.startedMs.map((startedMs) => ({ startedMs }));
  return { ...after, meetings };
}

function minutesOf(ms: number): number {
  return Math.floor(ms / minuteMs);
}
