import { loop } from '../../common/loop.ts';
import type { StickTableMirror } from '../../haproxy/stick-table/mirror.ts';
import { type Intent, SparingAudit } from '../audit/sparing-audit.ts';
import { type Control, operationId } from '../control/control.ts';
import { shardsGoingDown } from '../operations/operation-view.ts';
import { type BucketsDecision, decideBuckets, takesNewRooms } from './decide-buckets.ts';

const everyMs = 500;
/** How long the first shard up waits for the others before it gets the buckets. */
const firstShardsMs = 20_000;
const rebalanceEveryMs = 10 * 60_000;

/** Keeps every pool's buckets spread over its shards, one move at a time. */
export async function runBuckets(control: Control, signal: AbortSignal): Promise<void> {
  let firstAdmittedAt: number | undefined;
  let rebalancedAt = Date.now();
  const audit = new SparingAudit(control.audit);
  await loop('buckets', everyMs, signal, control.log, async () => {
    const mirror = control.mirror();
    // A shard that goes down gives its buckets away itself.
    if (!mirror || mirror.moves.size > 0 || shardsGoingDown(mirror).length > 0) return;
    const records = [...mirror.shards.values()];
    if (records.some(takesNewRooms)) firstAdmittedAt ??= Date.now();
    const missing = [...control.shards.values()].some(
      ({ spec }) => spec.desired === 'active' && !mirror.shards.get(spec.name)?.admitted,
    );
    const waitForMore = missing && Date.now() - (firstAdmittedAt ?? Date.now()) < firstShardsMs;
    const mayRebalance = Date.now() - rebalancedAt > rebalanceEveryMs;
    for (const pool of control.fleet.pools) {
      const headroom = headroomOf(control);
      const decision = decideBuckets({ pool, mirror, headroom, waitForMore, mayRebalance });
      if (decision.do === 'nothing') {
        audit.keepOnly((key) => key !== pool);
        continue;
      }
      const intent = intentOf(pool, decision, headroom, mirror);
      if (decision.do === 'wait') {
        audit.record(pool, { ...intent, outcome: 'waits' });
        continue;
      }
      const { targets } = decision;
      await audit.attempt(pool, intent, () =>
        decision.do === 'assign'
          ? control.table.assign(targets)
          : control.table.hold(operationId('move'), targets),
      );
      rebalancedAt = Date.now();
      return;
    }
  });
}

function intentOf(
  pool: string,
  decision: Exclude<BucketsDecision, { do: 'nothing' }>,
  headroom: ReadonlyMap<string, number>,
  mirror: StickTableMirror,
): Intent {
  const { reason, candidates } = decision;
  const targets: ReadonlyMap<string, string> = decision.do === 'wait' ? new Map() : decision.targets;
  const givers = [...targets.keys()].flatMap((bucket) => mirror.preferences.get(bucket) ?? []);
  return {
    actor: 'orchestrator',
    action: `buckets.${decision.do}`,
    shards: [...new Set([...givers, ...targets.values()])],
    reason: `${targets.size > 0 ? `${targets.size} buckets of ` : ''}pool ${pool}: ${reason}`,
    inputs: { pool, buckets: targets.size, headroom },
    candidates,
  };
}

/** Headroom of every shard, times its operator's weight; one whose bridges have not said theirs gets the mean. */
export function headroomOf(control: Control): Map<string, number> {
  const shards = [...control.shards];
  const said = shards.flatMap(([, { headroomBitsPerSecond }]) => headroomBitsPerSecond ?? []);
  const mean = said.length > 0 ? said.reduce((sum, one) => sum + one, 0) / said.length : 1;
  return new Map(
    shards.map(([name, { spec, headroomBitsPerSecond }]) => [
      name,
      (headroomBitsPerSecond ?? mean) * spec.weight,
    ]),
  );
}
