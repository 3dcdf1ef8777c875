import type { Advice } from '../advice.ts';
import { bridgesFor } from '../need.ts';
import { isAtMax } from '../usage.ts';
import { hoursAWeek, hoursOf, type ShardUse, type UsedStep } from '../use.ts';

/** Shorter than this, in hours of all that is recorded, one meeting may have done it. */
const fewestHours = 0.5;
/** Room above the highest load that was seen: what held it back hid the rest. */
const headroom = 1.1;

/** Where `max` kept the bridges below what the load of the moment asked for. */
export function adviseRaiseMax(use: ShardUse): Advice | undefined {
  const { shard, steps } = use;
  const isShort = (step: UsedStep) => isAtMax(step, shard.max) && bridgesFor(step.load) > shard.max;
  const short = steps.filter(isShort);
  if (hoursOf(short) < fewestHours) return undefined;
  const highest = Math.max(...short.map(({ load }) => load));
  const hours = hoursAWeek(use, (step) => Number(isShort(step)));
  const missing = hoursAWeek(use, (step) => (isShort(step) ? bridgesFor(step.load) - shard.max : 0));
  return {
    about: 'max',
    shards: [shard.name],
    reason: `max ${shard.max} was reached and too few in ${hours.toFixed(1)} hours a week; the load was up to ${highest.toFixed(1)} bridges full`,
    savedBridgeHours: -missing,
    isUrgent: true,
    commands: [`scale set ${shard.name} --max ${bridgesFor(highest * headroom)}`],
  };
}
