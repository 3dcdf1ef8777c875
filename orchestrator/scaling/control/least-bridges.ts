import type { ShardSpec } from '../../../shards/spec/schema.ts';
import type { Control } from '../../control/control.ts';
import { limitsAt } from '../rules/limits-at.ts';

/**
 * A shard as its driver is to keep it: where operators ask for fewer bridges now than its overlay does, with those, or
 * the driver would start again what scaling has ended.
 */
export async function withLeastBridges(
  { rules }: Pick<Control, 'rules'>,
  spec: ShardSpec,
  nowMs: number,
): Promise<ShardSpec> {
  // Wrong rules must not keep a shard from being started; whoever scales says what is wrong with them.
  const said = await rules.of(spec).catch(() => undefined);
  const min = said ? limitsAt(said, nowMs).min : spec.bridges.min;
  return min < spec.bridges.min ? { ...spec, bridges: { ...spec.bridges, min } } : spec;
}
