import type { ShardSpec } from '../../../shards/spec/schema.ts';
import { everyShard, type ScaleFile } from './scale-file.ts';
import { type ScaleRules, scaleRules, usualTimeZone } from './scale-rules.ts';
import type { ScaleSettings } from './schema.ts';

/**
 * The rules of one shard: by the fleet file, by its overlay, and by what operators said of all shards and of this one.
 *
 * @param fleet `scaling` of the fleet file
 * @param file `scale.yaml`
 */
export function shardRules(
  spec: Pick<ShardSpec, 'name' | 'bridges'>,
  fleet: ScaleSettings,
  file: ScaleFile,
): ScaleRules {
  const said = [{ where: 'fleet.yaml', settings: fleet }];
  for (const name of [everyShard, spec.name]) {
    const settings = file[name];
    const where = name === everyShard ? 'scale.yaml for every shard' : 'scale.yaml';
    if (settings) said.push({ where, settings });
  }
  return scaleRules(spec, said);
}

/** By whose clocks the times are that are said of a shard, or of every one. */
export function zoneOf(file: ScaleFile, shard: string, fleet: ScaleSettings): string {
  return file[shard]?.timeZone ?? file[everyShard]?.timeZone ?? fleet.timeZone ?? usualTimeZone;
}
