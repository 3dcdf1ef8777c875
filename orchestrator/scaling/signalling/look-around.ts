import type { StickTableMirror } from '../../../haproxy/stick-table/mirror.ts';
import { incarnationOf } from '../../../haproxy/stick-table/records.ts';
import type { ShardSpec } from '../../../shards/spec/schema.ts';
import type { Control } from '../../control/control.ts';
import { readUpgrade } from '../../upgrade/upgrade-file.ts';
import { livingRecord } from '../../upgrade/view-shards.ts';
import { measureShards } from '../measure/measure-shards.ts';
import { planShardChange, readShardChanges, type ShardChange } from './changes-file.ts';
import { findNear } from './find-near.ts';
import { readWebsockets } from './read-websockets.ts';
import { type Signalling, signallingLimits, signallingOf } from './signalling.ts';
import type { ShardSignalling } from './signalling-book.ts';

/** All that one look at the shards' signalling knows. */
export interface Look {
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly mirror: StickTableMirror;
  /** Every shard that is wanted. */
  readonly specs: readonly ShardSpec[];
  /** By shard. */
  readonly signalling: ReadonlyMap<string, ShardSignalling>;
  readonly changes: ReadonlyMap<string, ShardChange>;
  /** What else changes shards now, in words. */
  readonly busy: string | undefined;
}

/** Reads it all anew. */
export async function lookAround(control: Control, mirror: StickTableMirror): Promise<Look> {
  const { wishes, fleet } = control;
  const [specs, websockets, { upgrade }] = await Promise.all([
    wishes.shards(),
    readWebsockets(control),
    readUpgrade(wishes),
  ]);
  const settings = fleet.scaling.signalling;
  const now = Date.now();
  const loads = measureShards(control, now);
  const measured = specs.map((spec): [string, Signalling] => {
    const record = livingRecord(mirror, spec.name);
    // A proxy that does not know it sends nobody to it.
    const sessions = record && websockets && (websockets.get(incarnationOf(record)) ?? 0);
    const limits = signallingLimits(spec, settings);
    return [spec.name, signallingOf(loads.get(spec.name)?.participants, sessions, limits)];
  });
  const isUpgrading = upgrade !== undefined && upgrade.state !== 'done';
  return {
    now,
    mirror,
    specs,
    signalling: findNear(new Map(measured), settings.nearAt, control.signalling.shards),
    changes: await readOwnChanges(control, specs),
    busy: isUpgrading ? `an upgrade is ${upgrade.state}` : undefined,
  };
}

/** A drain of usher's that an operator took back is usher's no more: the next one may be the operator's own. */
async function readOwnChanges(
  { wishes, election }: Pick<Control, 'wishes' | 'election'>,
  specs: readonly ShardSpec[],
): Promise<ReadonlyMap<string, ShardChange>> {
  const changes = await readShardChanges(wishes);
  const back = specs.find(
    ({ name, desired }) => changes.get(name)?.did === 'drained' && desired !== 'draining',
  );
  const change = back && changes.get(back.name);
  if (!change) return changes;
  const names = specs.map(({ name }) => name);
  const plan = await planShardChange(wishes, back.name, { did: 'undrained', at: change.at }, names);
  election.token();
  await wishes.apply([plan]);
  return readOwnChanges({ wishes, election }, specs);
}
