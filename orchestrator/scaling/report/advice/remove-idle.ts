import type { Advice } from '../advice.ts';
import { quantile } from '../quantile.ts';
import { hoursAWeek, hoursOf, type ShardUse } from '../use.ts';

/** A shard idles whose load is below this share of one bridge, in 99 of 100 steps. */
const idleLoad = 0.05;
/** Fewer hours are no proof: a weekend is 63 from Friday evening to Monday morning. */
const fewestHours = 72;

/** Shards that idle, and regions in which all do, in one advice each. Where nothing else is, nothing can go. */
export function adviseIdle(uses: readonly ShardUse[]): Advice[] {
  const regions = Map.groupBy(uses.filter(isIdle), ({ shard }) => shard.region);
  return [...regions].flatMap(([region, idle]) => {
    const [first] = idle;
    if (!first) return [];
    const { inRegion, elsewhere } = first.shard.others;
    if (idle.length <= inRegion) {
      return idle.map((use) =>
        removal('idle-shard', `nobody comes to it; region ${region} has others`, [use]),
      );
    }
    if (elsewhere === 0) return [];
    return [removal('idle-region', `nobody comes to region ${region}; without it they go to others`, idle)];
  });
}

/** Did a shard carry next to nothing, for long enough? */
export function isIdle({ steps }: ShardUse): boolean {
  const loads = steps.map(({ load }) => load);
  return hoursOf(steps) >= fewestHours && quantile(loads, 0.99) < idleLoad;
}

function removal(about: 'idle-shard' | 'idle-region', reason: string, uses: readonly ShardUse[]): Advice {
  const names = uses.map(({ shard }) => shard.name);
  return {
    about,
    shards: names,
    reason,
    savedBridgeHours: uses.reduce((sum, use) => sum + hoursAWeek(use, ({ bridges }) => bridges), 0),
    isUrgent: false,
    commands: names.map((name) => `shard remove ${name}`),
  };
}
