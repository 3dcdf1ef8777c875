import { messageOf } from '../../common/errors.ts';
import type { CommandAnswer } from '../../haproxy/stick-table/commands.ts';
import type { StickTableMirror } from '../../haproxy/stick-table/mirror.ts';
import { incarnationOf, type ShardRecord } from '../../haproxy/stick-table/records.ts';
import { probeWeb } from '../../shards/probes/web.ts';
import type { ShardSpec } from '../../shards/spec/schema.ts';
import { outcomeOf } from '../audit/audit.ts';
import type { SparingAudit } from '../audit/sparing-audit.ts';
import { type Control, operationId } from '../control/control.ts';
import { describeRooms, roomsOn } from '../rooms/rooms-on.ts';
import { decideUnwanted, leavingSpec, type UnwantedDecision } from './decide-unwanted.ts';
import { takeDown } from './take-down.ts';

/**
 * Acts on shards that the table knows and nothing asks for, and says so loudly.
 *
 * @param wanted names of shards that something asks for, be it in words that cannot be read
 * @returns what stands in for the wishes of those that still run: they are looked after until their meetings have ended
 */
export async function followUnwanted(
  control: Control,
  wanted: ReadonlySet<string>,
  audit: SparingAudit,
  signal: AbortSignal,
): Promise<ShardSpec[]> {
  const mirror = control.mirror();
  const records = [...(mirror?.shards.values() ?? [])].filter(
    ({ name, removed }) => !removed && !wanted.has(name),
  );
  audit.keepOnly((name) => records.some((record) => record.name === name));
  // An unblessed Redis may not have told of everything.
  if (!mirror || records.length === 0 || !(await control.table.isBlessed())) return [];
  const listed = new Set((await control.driver.list(signal)).map(({ name }) => name));
  const subjects = new Set(mirror.subjects.values());
  const stay: ShardSpec[] = [];
  for (const record of records) {
    const exists = listed.has(record.name) || (await answers(record, signal));
    const decision = decideUnwanted({ record, exists, inOperation: subjects.has(record.name) });
    if (decision.do === 'drain') stay.push(leavingSpec(record));
    await follow(control, mirror, record, decision, audit, signal);
  }
  return stay;
}

/** The platform may not know it for a reason of its own, such as a label that was taken off. */
async function answers({ name, address: { host, port } }: ShardRecord, signal: AbortSignal) {
  return (await probeWeb(`http://${host}:${port}`, name, signal)).ok;
}

async function follow(
  control: Control,
  mirror: StickTableMirror,
  record: ShardRecord,
  { do: what, reason }: UnwantedDecision,
  audit: SparingAudit,
  signal: AbortSignal,
): Promise<void> {
  if (what === 'leave' || (what === 'drain' && record.removing && record.desired === 'draining')) return;
  const rooms = roomsOn(mirror, control.censuses.latest(), incarnationOf(record));
  const answer = await act(control, record, what, reason);
  const left = describeRooms(rooms);
  const isNews = audit.record(record.name, {
    actor: 'orchestrator',
    action: 'shard.vanish',
    shards: [incarnationOf(record)],
    rooms: [...rooms.rooms.keys()].slice(0, 10),
    reason: `${record.name}: ${reason}`,
    inputs: { decision: what, left },
    outcome: outcomeOf(answer),
  });
  if (!isNews) return;
  control.log.error({ shard: record.name, decision: what, reason, left }, 'a shard has vanished');
  const message = `shard ${record.name}: ${reason}; on it: ${left}`;
  await control.events?.warn('ShardVanished', message, signal).catch((error: unknown) => {
    control.log.warn({ shard: record.name, error: messageOf(error) }, 'event cannot be shown');
  });
}

function act(
  control: Control,
  record: ShardRecord,
  what: 'drain' | 'take-down' | 'take-out',
  reason: string,
): Promise<CommandAnswer> {
  const { name, version } = record;
  switch (what) {
    case 'drain':
      return control.table.putShard({ ...record, desired: 'draining', removing: true, version: version + 1 });
    case 'take-down':
      return takeDown(control, { shard: name, cause: 'health', reason });
    case 'take-out':
      return control.table.takeOut(operationId('take-out'), name);
    default:
      return what satisfies never;
  }
}
