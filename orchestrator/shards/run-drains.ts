import { loop } from '../../common/loop.ts';
import type { StickTableMirror } from '../../haproxy/stick-table/mirror.ts';
import { incarnationOf } from '../../haproxy/stick-table/records.ts';
import type { ShardSpec } from '../../shards/spec/schema.ts';
import { outcomeOf } from '../audit/audit.ts';
import { takesNewRooms } from '../buckets/decide-buckets.ts';
import { type Control, operationId } from '../control/control.ts';
import { describeRooms, roomsOn } from '../rooms/rooms-on.ts';
import { type DrainDecision, decideDrain } from './decide-drain.ts';
import { type DrainStatus, drainStatuses } from './drain-status.ts';
import { deleteShard } from './remove-shard.ts';
import { takeDown } from './take-down.ts';
import type { WatchedShard } from './watched-shard.ts';

/** Of a shard that the table does not know. */
const nothingOnIt: DrainStatus = { rooms: 0, participants: undefined, buckets: 0, drained: false };

/** Follows every drain to its end: deadline, force, and the removal of what is drained. */
export async function runDrains(control: Control, signal: AbortSignal): Promise<void> {
  /** Deadlines whose passing was said, as `name/deadline`. */
  const said = new Set<string>();
  await loop('drains', 500, signal, control.log, async () => {
    const mirror = control.mirror();
    const draining = [...control.shards.values()].filter(({ spec }) => spec.desired === 'draining');
    // An unblessed Redis may not have told of everything: nobody is removed by what it lacks.
    if (!mirror || draining.length === 0 || !(await control.table.isBlessed())) return;
    const operations = [...(await control.table.operations()).values()];
    const statusOf = drainStatuses(mirror, control.censuses, control.fleet.timings.censusesToEnd);
    for (const watched of draining) {
      const { spec } = watched;
      const record = mirror.shards.get(spec.name);
      const decision = decideDrain({
        wish: spec,
        record: record?.removed ? undefined : record,
        status: record && !record.removed ? statusOf(record) : nothingOnIt,
        hasHeirs: hasHeirs(mirror, spec),
        inOperation: operations.some(({ subject }) => subject === spec.name),
        now: Date.now(),
      });
      const saying = `${spec.name}/${spec.deadline}`;
      if (decision.do === 'nothing' || (decision.do === 'say-late' && said.has(saying))) continue;
      if (decision.do === 'say-late') said.add(saying);
      await follow(control, mirror, watched, decision, signal);
    }
  });
}

/** Would anybody take the rooms of this shard? */
function hasHeirs(mirror: StickTableMirror, { name, pool }: ShardSpec): boolean {
  return [...mirror.shards.values()].some(
    (shard) => shard.pool === pool && shard.name !== name && takesNewRooms(shard),
  );
}

async function follow(
  control: Control,
  mirror: StickTableMirror,
  { spec, endpoints }: WatchedShard,
  decision: Exclude<DrainDecision, { do: 'nothing' }>,
  signal: AbortSignal,
): Promise<void> {
  const { name } = spec;
  const record = mirror.shards.get(name);
  const left = roomsOn(mirror, control.censuses.latest(), record ? incarnationOf(record) : '');
  let outcome = 'ok';
  switch (decision.do) {
    case 'say-late':
      control.log.warn({ shard: name, left: describeRooms(left) }, 'drain is past its deadline');
      break;
    case 'force-off':
      await takeDown(control, { shard: name, cause: 'forced', reason: decision.reason });
      return;
    case 'take-out':
      outcome = outcomeOf(await control.table.takeOut(operationId('take-out'), name));
      break;
    case 'delete':
      // Once its parts have started, its record is about to come.
      if (endpoints) return;
      await deleteShard(control, name, signal);
      break;
    default:
      decision satisfies never;
  }
  control.audit.record({
    actor: 'orchestrator',
    action: `shard.${decision.do}`,
    shards: [name],
    rooms: [...left.rooms.keys()].slice(0, 10),
    reason: decision.reason,
    inputs: {
      left: describeRooms(left),
      deadline: spec.deadline,
      force: spec.force,
      removing: spec.removing,
    },
    outcome,
  });
}
