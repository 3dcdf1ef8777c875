import { loop } from '../../common/loop.ts';
import { SparingAudit } from '../audit/sparing-audit.ts';
import type { Control } from '../control/control.ts';
import { decideDown } from './decide-down.ts';
import { takeDown } from './take-down.ts';

/** Takes shards down that have looked down for long enough; says once why one is left as it is. */
export async function runDowns(control: Control, signal: AbortSignal): Promise<void> {
  const audit = new SparingAudit(control.audit);
  await loop('downs', 500, signal, control.log, async () => {
    const mirror = control.mirror();
    if (!mirror) return;
    const health = [...control.shards].flatMap(([name, watched]) =>
      watched.health ? [[name, watched.health] as const] : [],
    );
    const decision = decideDown(mirror, new Map(health));
    audit.keepOnly((shard) => decision.do === 'hold' && decision.shard === shard);
    if (decision.do === 'nothing') return;
    const { shard, reason, candidates } = decision;
    if (decision.do === 'take-down') {
      await takeDown(control, { shard, cause: 'health', reason, candidates });
      return;
    }
    const about = { actor: 'orchestrator', action: 'shard.out', shards: [shard], reason, candidates };
    const isNews = audit.record(shard, { ...about, outcome: 'held' });
    if (!isNews) return;
    control.log.error({ shard, reason, candidates }, 'a shard looks down, and its rooms are left on it');
  });
}
