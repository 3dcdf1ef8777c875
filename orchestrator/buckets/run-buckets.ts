import { loop } from '../../common/loop.ts';
import { type Control, operationId } from '../control/control.ts';
import { shardsGoingDown } from '../operations/operation-view.ts';
import { decideBuckets, takesNewRooms } from './decide-buckets.ts';

const everyMs = 500;
/** How long the first shard up waits for the others before it gets the buckets. */
const firstShardsMs = 20_000;
const rebalanceEveryMs = 10 * 60_000;

/** Keeps every pool's buckets spread over its shards, one move at a time. */
export async function runBuckets(control: Control, signal: AbortSignal): Promise<void> {
  let firstAdmittedAt: number | undefined;
  let rebalancedAt = Date.now();
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
      const decision = decideBuckets({
        pool,
        mirror,
        headroom: headroomOf(control),
        waitForMore,
        mayRebalance,
      });
      if (decision.do === 'nothing') continue;
      const answer =
        decision.do === 'assign'
          ? await control.table.assign(decision.targets)
          : await control.table.hold(operationId('move'), decision.targets);
      rebalancedAt = Date.now();
      control.log.info(
        { pool, do: decision.do, buckets: decision.targets.size, reason: decision.reason, answer },
        'buckets',
      );
      return;
    }
  });
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
