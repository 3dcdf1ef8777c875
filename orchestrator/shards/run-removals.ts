import { loop } from '../../common/loop.ts';
import { type Control, operationId } from '../control/control.ts';
import { drainStatus } from './drain-status.ts';

/** Takes shards whose removal was asked for out of every proxy as soon as they are drained. */
export async function runRemovals(control: Control, signal: AbortSignal): Promise<void> {
  await loop('removals', 500, signal, control.log, async () => {
    const mirror = control.mirror();
    if (!mirror) return;
    for (const shard of mirror.shards.values()) {
      if (!shard.removing || !shard.admitted || shard.removed) continue;
      const status = drainStatus(shard, mirror, control.censuses, control.fleet.timings.censusesToEnd);
      if (!status.drained) continue;
      const answer = await control.table.takeOut(operationId('take-out'), shard.name);
      control.log.info({ shard: shard.name, answer }, 'drained: taking the shard out of every proxy');
    }
  });
}
