import { sleep } from '../../common/time.ts';
import { feedEnd, isBefore } from '../../haproxy/stick-table/feed.ts';
import type { Control } from './control.ts';

const withinMs = 2_000;

/**
 * Waits until this orchestrator's view of the table is no older than this moment. A decision by a census must know
 * all that the table knew when the census was read: a placement deleted meanwhile, and still in an older view, would
 * hide a room that somebody is in. False when the feed does not bring it here within two seconds.
 */
export async function catchUp(control: Control, signal: AbortSignal): Promise<boolean> {
  const end = await feedEnd(control.table.redis, control.fleet.name);
  if (end === undefined) return false;
  for (
    const deadline = Date.now() + withinMs;
    Date.now() < deadline && !signal.aborted;
    await sleep(5, signal)
  ) {
    const position = control.position();
    if (position !== undefined && !isBefore(position, end)) return true;
  }
  return false;
}
