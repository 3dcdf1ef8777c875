import { waitFor } from '../../../../common/time.ts';
import type { FlowFleet } from './flow-fleet.ts';

/** Resolves when the shard gets its share of new rooms. */
export function getsRooms(fleet: FlowFleet, shard: string): Promise<void> {
  return hasBuckets(fleet, shard, (buckets) => buckets > 0);
}

/** Resolves when no proxy sends new rooms to the shard any more. */
export function getsNoRooms(fleet: FlowFleet, shard: string): Promise<void> {
  return hasBuckets(fleet, shard, (buckets) => buckets === 0);
}

async function hasBuckets(
  { api }: FlowFleet,
  shard: string,
  are: (buckets: number) => boolean,
): Promise<void> {
  const isSo = async () => {
    // Between two leaders nobody may answer.
    const status = await api.status().catch(() => undefined);
    const found = status?.shards.find(({ name }) => name === shard);
    // While buckets move, a proxy may still go by the old preference.
    return (found && are(found.buckets) && status?.operations.length === 0) || undefined;
  };
  const describe = () => `the share of ${shard} in new rooms did not change`;
  await waitFor(isSo, { timeoutMs: 60_000, everyMs: 200, describe });
}
