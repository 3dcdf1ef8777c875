import { exitCodes, UsherError } from '../../common/errors.ts';
import { backoffMs, sleep } from '../../common/time.ts';
import type { EventsQuery } from '../../orchestrator/events/schema.ts';
import type { UsherApi } from '../api/usher-api.ts';
import type { Context } from '../context.ts';
import { eventLine } from './event-line.ts';

/** As long as the API lets anybody wait. */
const waitMs = 10_000;

/**
 * Prints the events that `query` asks for, and those to come, until Ctrl-C or until nobody reads them. What goes
 * wrong after the first answer is waited for: orchestrators and Redis may change meanwhile.
 */
export async function followEvents(
  api: UsherApi,
  query: Partial<EventsQuery>,
  { stdout, stderr, signal, json }: Context,
): Promise<void> {
  let failures = 0;
  let next = query;
  while (!signal.aborted && stdout.writable) {
    try {
      const { events, after } = await api.events(next);
      for (const event of events) stdout.write(json ? `${JSON.stringify(event)}\n` : eventLine(event));
      next = { room: query.room, shard: query.shard, after, waitMs };
      failures = 0;
    } catch (error) {
      if (signal.aborted) return;
      const mayPass = error instanceof UsherError && error.exitCode === exitCodes.failure;
      if (next.after === undefined || !mayPass) throw error;
      if (failures === 0) stderr.write(`usher: ${error.message}; trying on\n`);
      failures += 1;
      await sleep(200 + backoffMs(failures), signal);
    }
  }
}
