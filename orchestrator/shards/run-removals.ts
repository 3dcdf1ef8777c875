import { loop } from '../../common/loop.ts';
import { type Control, operationId } from '../control/control.ts';
import { drainStatus } from './drain-status.ts';

/**
 * Takes shards whose removal was asked for out of every proxy as soon as they are drained. One whose present life was
 * never in service, since it is down or did not become ready, has nobody to wait for.
 */
export async function runRemovals(control: Control, signal: AbortSignal): Promise<void> {
  await loop('removals', 500, signal, control.log, async () => {
    const mirror = control.mirror();
    if (!mirror) return;
    const leaving = new Set(mirror.subjects.values());
    for (const shard of mirror.shards.values()) {
      if (!shard.removing || shard.removed || leaving.has(shard.name)) continue;
      const status = drainStatus(shard, mirror, control.censuses, control.fleet.timings.censusesToEnd);
      if (shard.admitted && !status.drained) continue;
      const answer = await control.table.takeOut(operationId('take-out'), shard.name);
      const why = shard.admitted ? 'drained' : 'not in service';
      control.log.info({ shard: shard.name, answer }, `${why}: taking the shard out of every proxy`);
    }
  });
}
