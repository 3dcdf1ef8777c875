import type { Advice } from '../advice.ts';
import type { PolicyCost } from '../cost-policies.ts';
import { hoursAWeek, type ShardUse } from '../use.ts';

/** The simulated meetings are not those that were: smaller differences say nothing. */
const worthShare = 0.05;

/** The policy that would have served people well with the fewest bridge-hours, where that is clearly less than was used. */
export function advisePolicy(use: ShardUse, costs: readonly PolicyCost[]): Advice | undefined {
  const { name } = use.shard;
  const [best] = costs
    .filter(({ shard, meetsLevel }) => shard === name && meetsLevel)
    .toSorted((a, b) => a.score.bridgeHours - b.score.bridgeHours);
  if (!best) return undefined;
  const used = hoursAWeek(use, ({ bridges }) => bridges);
  const saved = used - 7 * best.score.bridgeHours;
  if (saved < worthShare * used) return undefined;
  return {
    about: 'policy',
    shards: [name],
    reason: `policy ${best.policy} would have used ${(7 * best.score.bridgeHours).toFixed(0)} bridge-hours a week, not ${used.toFixed(0)}, and served people well`,
    savedBridgeHours: saved,
    isUrgent: false,
    commands: [`scale set ${name} --policy ${best.policy}`],
  };
}
