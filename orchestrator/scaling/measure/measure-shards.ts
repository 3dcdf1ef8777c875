import { incarnationOf } from '../../../haproxy/stick-table/records.ts';
import type { Control } from '../../control/control.ts';
import { measureShard, type ShardLoad } from './measure-shard.ts';

/** What each shard carries now, by name; those whose bridges were not read yet are missing. */
export function measureShards(
  control: Pick<Control, 'shards' | 'censuses' | 'mirror' | 'scaling'>,
  now: number,
): Map<string, ShardLoad> {
  const censuses = control.censuses.latest();
  const loads = new Map<string, ShardLoad>();
  for (const [name, { bridges, bridgesRead }] of control.shards) {
    if (!bridgesRead) continue;
    const record = control.mirror()?.shards.get(name);
    const census = record && censuses.get(incarnationOf(record));
    loads.set(name, measureShard(bridges, census, now, control.scaling.fullBitsPerSecond(name)));
  }
  return loads;
}
