import { messageOf } from '../../common/errors.ts';
import { loop } from '../../common/loop.ts';
import type { ShardRecord } from '../../haproxy/stick-table/records.ts';
import type { Control } from '../control/control.ts';
import { type DrainStatus, drainStatuses } from './drain-status.ts';
import { shownStatus } from './shown-status.ts';

const everyMs = 2_000;

/** So many at a time: a leader that is new writes all of them. */
const atOnce = 10;

/** Shows every shard's status on its platform, where that has a place for it. Nothing depends on it. */
export async function showStatuses(control: Control, signal: AbortSignal): Promise<void> {
  const { status } = control;
  if (!status) return;
  /** What could not be written, and why, as last logged. */
  const failed = new Map<string, string>();
  await loop('status', everyMs, signal, control.log, async () => {
    const mirror = control.mirror();
    if (!mirror) return;
    const drainOf = drainStatuses(mirror, control.censuses, control.fleet.timings.censusesToEnd);
    const refused = control.wishes.refused();
    const names = [...new Set([...mirror.shards.keys(), ...control.shards.keys(), ...refused.keys()])];
    const show = async (name: string) => {
      const watched = control.shards.get(name);
      const last = mirror.shards.get(name);
      // One that is wanted again has no record of its new life yet.
      const record = last?.removed && watched ? undefined : last;
      const probed = watched?.health?.reason;
      const known = { record, drain: drainIf(record, drainOf), probed, refused: refused.get(name) };
      try {
        await status.writeStatus(name, shownStatus(known), signal);
        failed.delete(name);
      } catch (error) {
        const said = messageOf(error);
        if (failed.get(name) !== said)
          control.log.warn({ shard: name, error: said }, 'status cannot be shown');
        failed.set(name, said);
      }
    };
    for (let start = 0; start < names.length && !signal.aborted; start += atOnce) {
      await Promise.all(names.slice(start, start + atOnce).map(show));
    }
  });
}

function drainIf(record: ShardRecord | undefined, drainOf: (record: ShardRecord) => DrainStatus) {
  return record && !record.removed ? drainOf(record) : undefined;
}
