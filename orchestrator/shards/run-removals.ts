import { loop } from '../../common/loop.ts';
import { incarnationOf } from '../../haproxy/stick-table/records.ts';
import { SparingAudit } from '../audit/sparing-audit.ts';
import { type Control, operationId } from '../control/control.ts';
import { drainStatus } from './drain-status.ts';

/** Takes shards whose removal was asked for out of every proxy as soon as they are drained. */
export async function runRemovals(control: Control, signal: AbortSignal): Promise<void> {
  const audit = new SparingAudit(control.audit);
  await loop('removals', 500, signal, control.log, async () => {
    const mirror = control.mirror();
    if (!mirror) return;
    for (const shard of mirror.shards.values()) {
      if (!shard.removing || !shard.admitted || shard.removed) continue;
      const status = drainStatus(shard, mirror, control.censuses, control.fleet.timings.censusesToEnd);
      if (!status.drained) continue;
      const intent = {
        actor: 'orchestrator',
        action: 'shard.take-out',
        shards: [incarnationOf(shard)],
        reason: 'drained, by the table and by several censuses, and its removal was asked for',
        inputs: { ...status },
      };
      await audit.attempt(shard.name, intent, () =>
        control.table.takeOut(operationId('take-out'), shard.name),
      );
    }
  });
}
