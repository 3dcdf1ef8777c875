import { sleep } from '../../common/time.ts';
import { shardNameOf } from '../../haproxy/stick-table/records.ts';
import { findLost } from './oracle/find-lost.ts';
import type { Witness } from './oracle/witness.ts';
import type { World } from './world.ts';

const allRooms = 100_000;
const settledMs = 3_000;

/** Every room that lives must be in the table where its clients are. What is so only in passing is left out. */
export async function checkTable({ api, signal }: World, witness: Witness): Promise<void> {
  const look = async () => {
    const live = witness.settledRooms(settledMs);
    const rooms = await api.rooms({ limit: allRooms });
    return findLost(live, new Map(rooms.map(({ room, shard }) => [room, shardNameOf(shard)])));
  };
  const first = await look();
  if (first.length === 0) return;
  await sleep(2_000, signal);
  const again = await look();
  for (const { room, shard, table } of again) {
    if (!first.some((one) => one.room === room && one.shard === shard)) continue;
    witness.accuse('lost', room, `its clients are on ${shard}, and the table has it ${table ?? 'nowhere'}`);
  }
}
