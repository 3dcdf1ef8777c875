import type { ShardSpec } from '../../../shards/spec/schema.ts';
import type { Control } from '../../control/control.ts';
import { limitsAt } from '../rules/limits-at.ts';

/**
 * A shard as its driver is to keep it: where operators ask for fewer bridges now than its overlay does, with those, or
 * the driver would start again what scaling has ended. In a pause with no more than there are.
 *
 * @param there bridges that exist; undefined while that is not known
 */
export async function withLeastBridges(
  { rules }: Pick<Control, 'rules'>,
  spec: ShardSpec,
  there: number | undefined,
  nowMs: number,
): Promise<ShardSpec> {
  // Wrong rules must not keep a shard from being started; whoever scales says what is wrong with them.
  const said = await rules.of(spec).catch(() => undefined);
  if (!said) return spec;
  const { min, paused } = limitsAt(said, nowMs);
  const least = Math.min(spec.bridges.min, min, paused && there !== undefined ? there : min);
  return { ...spec, bridges: { ...spec.bridges, min: least } };
}
