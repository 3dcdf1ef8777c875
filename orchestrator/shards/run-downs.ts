import { loop } from '../../common/loop.ts';
import type { Control } from '../control/control.ts';
import { decideDown } from './decide-down.ts';
import { takeDown } from './take-down.ts';

/** Takes shards down that have looked down for long enough; says once why one is left as it is. */
export async function runDowns(control: Control, signal: AbortSignal): Promise<void> {
  let lastHeld = '';
  await loop('downs', 500, signal, control.log, async () => {
    const mirror = control.mirror();
    if (!mirror) return;
    const health = [...control.shards].flatMap(([name, watched]) =>
      watched.health ? [[name, watched.health] as const] : [],
    );
    const decision = decideDown(mirror, new Map(health));
    const held = decision.do === 'hold' ? `${decision.shard}: ${decision.reason}` : '';
    const isNews = held !== lastHeld;
    lastHeld = held;
    if (decision.do === 'nothing') return;
    const { shard, reason, candidates } = decision;
    if (decision.do === 'take-down') {
      await takeDown(control, { shard, cause: 'health', reason, candidates });
    } else if (isNews) {
      control.log.error({ shard, reason, candidates }, 'a shard looks down, and its rooms are left on it');
      control.audit.record({
        ...{ actor: 'orchestrator', action: 'shard.out', shards: [shard], outcome: 'held' },
        ...{ reason, candidates },
      });
    }
  });
}
