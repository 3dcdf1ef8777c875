import type { ShardStatus } from '../status-sink.ts';

/** Numbers and reasons change at every look, and each write wakes everybody who watches namespaces. */
export const calmMs = 5_000;

const stateAnnotation = 'usher.dev/state';
const reasonAnnotation = 'usher.dev/reason';
const roomsAnnotation = 'usher.dev/rooms';
const participantsAnnotation = 'usher.dev/participants';

/** What is to be written; null takes an annotation away. */
export interface StatusWrite {
  readonly annotations: Readonly<Record<string, string | null>>;
  /** Whether the state is another than the one that stands there. */
  readonly isNewState: boolean;
}

/**
 * What to write of a status; undefined: nothing, or not yet.
 *
 * @param standing the annotations that are there; null: none
 * @param sinceMs how long ago the last one was written
 */
export function decideStatus(
  status: ShardStatus,
  standing: Readonly<Record<string, string | null>>,
  sinceMs: number,
): StatusWrite | undefined {
  const wanted: Record<string, string | null> = {
    [stateAnnotation]: status.state,
    [reasonAnnotation]: status.reason,
    [roomsAnnotation]: textOf(status.rooms),
    [participantsAnnotation]: textOf(status.participants),
  };
  const changed = Object.entries(wanted).filter(([name, value]) => (standing[name] ?? null) !== value);
  const isNewState = standing[stateAnnotation] !== status.state;
  if (changed.length === 0 || (!isNewState && sinceMs < calmMs)) return undefined;
  return { annotations: Object.fromEntries(changed), isNewState };
}

function textOf(count: number | undefined): string | null {
  return count === undefined ? null : String(count);
}
