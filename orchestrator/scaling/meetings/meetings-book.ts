import { z } from 'zod';
import type { SurvivalCurve } from '../lifetimes/survival-curve.ts';
import type { ScaledBridge } from '../scale-policy.ts';
import type { CountedBridge } from '../scale-view.ts';
import { type BridgeMeetings, followMeetings } from './bridge-meetings.ts';

const minuteMs = 60_000;

const rememberedMeetings = z.record(
  z.string(),
  z.object({ read: z.number(), created: z.number().optional(), started: z.array(z.number()) }),
);

/** The meetings on the bridges of one shard. */
export class MeetingsBook {
  #on: ReadonlyMap<string, BridgeMeetings> = new Map();

  /** The bridges at one look, with their meetings. What is gone is forgotten. */
  look(bridges: readonly CountedBridge[], survival: SurvivalCurve): ScaledBridge[] {
    const on = new Map<string, BridgeMeetings>();
    const scaled = bridges.map(({ conferences, ...bridge }) => {
      const before = this.#on.get(bridge.name);
      const after = conferences ? followMeetings(before, conferences, survival) : before;
      if (after) on.set(bridge.name, after);
      return { ...bridge, meetings: (after?.startedMs ?? []).map((startedMs) => ({ startedMs })) };
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
      return [name, { readMs: read * minuteMs, created, startedMs }] as const;
    });
    this.#on = new Map(entries);
  }
}

function minutesOf(ms: number): number {
  return Math.floor(ms / minuteMs);
}
