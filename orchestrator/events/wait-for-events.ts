import { messageOf, UsherError } from '../../common/errors.ts';
import { sleep } from '../../common/time.ts';
import type { StickTable } from '../../haproxy/stick-table/stick-table.ts';
import { readEvents } from './read-events.ts';
import type { EventsAnswer, EventsQuery } from './schema.ts';

const everyMs = 250;

/**
 * Reads events as `query` says, and waits for the first until `query.waitMs` have passed or `signal` aborts.
 *
 * @throws UsherError when Redis is out of reach
 */
export async function waitForEvents(
  table: Pick<StickTable, 'redis' | 'fleet'>,
  query: EventsQuery,
  signal: AbortSignal,
): Promise<EventsAnswer> {
  const end = Date.now() + query.waitMs;
  let { after } = query;
  for (;;) {
    const answer = await readEvents(table.redis, table.fleet, { ...query, after }).catch((error: unknown) => {
      throw new UsherError(`events cannot be read: ${messageOf(error)}`, undefined, { cause: error });
    });
    const leftMs = end - Date.now();
    if (answer.events.length > 0 || leftMs <= 0 || signal.aborted) return answer;
    after = answer.after;
    await sleep(Math.min(everyMs, leftMs), signal);
  }
}
