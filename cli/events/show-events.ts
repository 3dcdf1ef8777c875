import type { EventsQuery } from '../../orchestrator/events/schema.ts';
import { openApi } from '../api/open-api.ts';
import type { Context } from '../context.ts';
import { print } from '../output/print.ts';
import { roomArgument } from '../room/room-argument.ts';
import { eventLine } from './event-line.ts';
import { followEvents } from './follow-events.ts';

/** The flags of `usher events`. */
export interface EventsFlags {
  readonly follow?: true;
  readonly room?: string;
  readonly shard?: string;
  /** Milliseconds ago. */
  readonly since?: number;
  readonly limit: number;
}

/** Shows the last events, oldest first; with `--follow`, also those to come. */
export async function showEvents(flags: EventsFlags, context: Context): Promise<void> {
  const { follow, room, shard, since, limit } = flags;
  const query: Partial<EventsQuery> = {
    room: room === undefined ? undefined : roomArgument(room),
    shard,
    since: since === undefined ? undefined : new Date(Date.now() - since).toISOString(),
    limit,
  };
  const api = await openApi(context);
  if (follow) {
    await followEvents(api, query, context);
    return;
  }
  const { events } = await api.events(query);
  print(context, events, () => events.map(eventLine).join('') || 'no events\n');
}
