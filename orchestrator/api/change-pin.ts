import { UsageError } from '../../common/errors.ts';
import type { Control } from '../control/control.ts';
import { decidePins } from '../pins/decide-pins.ts';
import { planPin } from '../pins/pins-file.ts';
import { bucketKey } from '../rooms/run-censuses.ts';
import { unknownShard } from '../shards/unknown-shard.ts';
import type { ChangeAnswer } from './schema/change.ts';
import { mirrorOf } from './view-shards.ts';

/** Writes into `pins.yaml` where an operator wants a room; null: nowhere in particular. */
export async function changePin(
  control: Control,
  room: string,
  shard: string | null,
  dryRun: boolean,
): Promise<ChangeAnswer> {
  const mirror = mirrorOf(control);
  if (shard !== null) checkShard(control, room, shard);
  const plan = await planPin(control.wishes, room, shard ?? undefined);
  const actions = plan.map(({ path }) =>
    shard === null ? `take ${room} out of ${path}` : `pin ${room} to ${shard} in ${path}`,
  );
  if (shard !== null) {
    const censuses = control.censuses.latest();
    const { waiting } = decidePins({ pins: new Map([[room, shard]]), mirror, censuses });
    if (waiting.has(room)) actions.push(`it waits: ${waiting.get(room)}`);
  } else if (mirror.rooms.has(room) && plan.length > 0) {
    actions.push('it keeps its seat while people are in it');
  }
  if (plan.length === 0) return { changed: false, actions: [] };
  if (!dryRun) await control.wishes.apply(plan);
  return { changed: true, actions };
}

function checkShard(control: Control, room: string, name: string): void {
  const mirror = mirrorOf(control);
  const spec = control.shards.get(name)?.spec;
  if (!spec) throw unknownShard(name, control.shards.keys());
  const pool = bucketKey(mirror, room).split('/', 1)[0];
  if (spec.pool !== pool) {
    throw new UsageError(`${room} belongs to pool ${pool}, and shard ${name} to pool ${spec.pool}`);
  }
}
