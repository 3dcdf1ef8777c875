import { type Advice, worthBridgeHours } from '../advice.ts';
import { quantile } from '../quantile.ts';
import { isAtMin } from '../usage.ts';
import { hoursAWeek, type ShardUse } from '../use.ts';

/** With one bridge, meetings have nowhere to go when it fails. */
const leastMin = 2;

/** Where the quietest hours ask for fewer bridges than `min` keeps. */
export function adviseLowerMin(use: ShardUse): Advice | undefined {
  const { shard, steps } = use;
  const quiet = quantile(
    steps.map(({ needed }) => needed),
    0.05,
  );
  const min = Math.max(leastMin, Math.ceil(quiet));
  if (steps.length === 0 || min >= shard.min) return undefined;
  const heldBack = steps.filter((step) => isAtMin(step, shard.min) && step.needed < shard.min);
  const held = new Set(heldBack);
  const saved = hoursAWeek(use, (step) =>
    held.has(step) ? Math.max(0, step.bridges - Math.max(min, step.needed)) : 0,
  );
  if (saved < worthBridgeHours) return undefined;
  const hours = hoursAWeek(use, (step) => Number(held.has(step)));
  return {
    about: 'min',
    shards: [shard.name],
    reason: `min ${shard.min} kept more bridges than the load asked for in ${hours.toFixed(0)} hours a week`,
    savedBridgeHours: saved,
    isUrgent: false,
    commands: [`scale set ${shard.name} --min ${min}`],
  };
}
