import type { StickTableMirror } from '../../haproxy/stick-table/mirror.ts';
import { incarnationOf, type ShardRecord } from '../../haproxy/stick-table/records.ts';
import type { Control } from '../control/control.ts';
import { type DrainStatus, drainStatuses } from '../shards/drain-status.ts';
import { unknownShard } from '../shards/unknown-shard.ts';
import type { WatchedShard } from '../shards/watched-shard.ts';
import { NotYetError } from './not-yet-error.ts';
import type { ShardStatus } from './schema/shards.ts';
import { viewSignalling } from './view-signalling.ts';

/** Why there is nothing to see: no orchestrator that answers has seen the table. */
export const tableUnread =
  'the stick table has not been read yet: is Redis up and blessed? See `usher status`';

/** The stick table. Throws NotYetError when it was not read yet. */
export function mirrorOf(control: Pick<Control, 'mirror'>): StickTableMirror {
  const mirror = control.mirror();
  if (mirror) return mirror;
  throw new NotYetError(tableUnread);
}

/** Every shard that is known to be there, by name. */
export function viewShards(control: Control): ShardStatus[] {
  const mirror = control.mirror();
  const records = [...(mirror?.shards.values() ?? [])].filter((shard) => !shard.removed);
  const recorded = mirror ? viewRecords(control, mirror, records) : [];
  const names = new Set(records.map(({ name }) => name));
  const unrecorded = [...control.shards.values()].filter(({ spec }) => !names.has(spec.name));
  return [...recorded, ...unrecorded.map((watched) => viewUnrecorded(control, watched.spec.name))].toSorted(
    (a, b) => (a.name < b.name ? -1 : 1),
  );
}

/** One of them. Throws UsageError when there is none of that name. */
export function viewShard(control: Control, name: string): ShardStatus {
  const shards = viewShards(control);
  const shard = shards.find((one) => one.name === name);
  if (shard) return shard;
  throw unknownShard(
    name,
    shards.map((one) => one.name),
  );
}

function viewRecords(
  control: Control,
  mirror: StickTableMirror,
  records: readonly ShardRecord[],
): ShardStatus[] {
  const statusOf = drainStatuses(mirror, control.censuses, control.fleet.timings.censusesToEnd);
  return records.map((shard) => viewRecorded(control, shard, statusOf(shard)));
}

function viewRecorded(control: Control, shard: ShardRecord, drain: DrainStatus): ShardStatus {
  const watched = control.shards.get(shard.name);
  return {
    name: shard.name,
    incarnation: incarnationOf(shard),
    region: shard.region,
    pool: shard.pool,
    desired: shard.desired,
    observed: shard.observed,
    reason: shard.reason,
    admitted: shard.admitted,
    removing: shard.removing,
    drained: drain.drained,
    ...viewWish(watched),
    buckets: drain.buckets,
    rooms: drain.rooms,
    participants: drain.participants ?? null,
    signalling: viewSignalling(control, shard.name),
    web: `http://${shard.address.host}:${shard.address.port}`,
    bridges: (watched?.endpoints?.bridges ?? []).map(({ name, rest }) => ({ name, rest })),
  };
}

/** What the overlay alone says. */
function viewWish(watched: WatchedShard | undefined): Pick<ShardStatus, 'deadline' | 'force' | 'imageTag'> {
  const { deadline, force, imageTag } = watched?.spec ?? {};
  return {
    deadline: deadline === undefined ? null : new Date(deadline).toISOString(),
    force: force ?? false,
    imageTag: imageTag ?? null,
  };
}

/** A shard that is listed, but of which the table knows nothing yet. */
function viewUnrecorded(control: Control, name: string): ShardStatus {
  const watched = control.shards.get(name);
  return {
    name,
    incarnation: '',
    region: watched?.spec.region ?? '',
    pool: watched?.spec.pool ?? '',
    desired: watched?.spec.desired ?? 'active',
    observed: 'provisioning',
    reason: watched?.health?.reason ?? 'not probed yet',
    admitted: false,
    removing: watched?.spec.removing ?? false,
    drained: false,
    ...viewWish(watched),
    buckets: 0,
    rooms: 0,
    participants: null,
    signalling: null,
    web: watched?.endpoints?.web ?? '',
    bridges: [],
  };
}
