import { incarnationOf } from '../../../haproxy/stick-table/records.ts';
import type { Control } from '../../control/control.ts';
import { measureShard, type ShardLoad } from './measure-shard.ts';

/** What each shard carries now, by name; those whose bridges were not read yet are missing. */
export function measureShards(
  control: Pick<Control, 'shards' | 'censuses' | 'mirror'>,
  now: number,
): Map<string, ShardLoad> {
  const censuses = control.censuses.latest();
  const loads = new Map<string, ShardLoad>();
  for (const [name, { bridges, bridgesRead }] of control.shards) {
    if (!bridgesRead) continue;
    const record = control.mirror()?.shards.get(name);
    loads.set(name, measureShard(bridges, record && censuses.get(incarnationOf(record)), now));
  }
  return loads;
}
