import type { Context } from '../../context.ts';
import { changeScale } from './change.ts';

/** The flags of `usher scale event add`. */
export interface EventFlags {
  readonly dryRun?: true;
  readonly at: string;
  readonly people: number;
  /** Milliseconds, both. */
  readonly lead?: number;
  readonly within?: number;
}

/** Announces people. */
export async function addEvent(
  name: string,
  shard: string,
  { at, people, lead, within, dryRun }: EventFlags,
  context: Context,
): Promise<void> {
  const event = {
    name,
    at,
    people,
    ...(lead !== undefined && { leadMinutes: Math.ceil(lead / 60_000) }),
    ...(within !== undefined && { minutes: Math.ceil(within / 60_000) }),
  };
  await changeScale(shard, { event }, dryRun ?? false, context);
}
