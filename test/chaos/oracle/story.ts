import { type FaultRecord, noticeMs } from './fault-log.ts';
import type { Violation } from './room-book.ts';
import { sayEvent } from './room-events.ts';

/** A violation with what led to it: the faults that were to be felt, and the room's own events, in their order. */
export function tellStory(violation: Violation, faults: readonly FaultRecord[]): string[] {
  const startedAt = violation.events[0]?.at ?? violation.at;
  const lines = violation.events
    .filter(({ at }) => at <= violation.at)
    .map((event) => ({ at: event.at, text: sayEvent(event) }));
  for (const { kind, target, from, until } of faults) {
    if (from > violation.at || (until ?? violation.at) + noticeMs < startedAt) continue;
    lines.push({ at: from, text: `FAULT ${kind}: ${target}` });
    if (until !== undefined && until <= violation.at) lines.push({ at: until, text: `${kind} is over` });
  }
  const inOrder = lines.toSorted((a, b) => a.at - b.at);
  const zero = inOrder[0]?.at ?? violation.at;
  const seconds = (at: number) => `${((at - zero) / 1_000).toFixed(1).padStart(6)} s  `;
  return [
    `${violation.kind.toUpperCase()}: room ${violation.room}: ${violation.what}`,
    ...inOrder.map(({ at, text }) => `${seconds(at)}${text}`),
    `${seconds(violation.at)}${violation.kind}`,
  ];
}
