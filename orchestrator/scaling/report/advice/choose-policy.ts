import type { Advice } from '../advice.ts';
import type { PolicyCost } from '../cost-policies.ts';
import { hoursAWeek, type ShardUse } from '../use.ts';

/** The simulated meetings are not those that were: smaller differences say nothing. */
const worthShare = 0.05;

/** The policy that would have served people well with the fewest bridge-hours, where that is clearly fewer than now. */
export function advisePolicy(use: ShardUse, costs: readonly PolicyCost[]): Advice | undefined {
  const { name, policy } = use.shard;
  const own = costs.filter(({ shard }) => shard === name);
  const [best] = own
    .filter(({ meetsLevel }) => meetsLevel)
    .toSorted((a, b) => a.score.bridgeHours - b.score.bridgeHours);
  if (!best || best.policy === policy.name) return undefined;
  // Like with like: both simulated, if the present one was.
  const present = own.find((one) => one.policy === policy.name);
  const used = present ? 7 * present.score.bridgeHours : hoursAWeek(use, ({ bridges }) => bridges);
  const saved = used - 7 * best.score.bridgeHours;
  if (saved < worthShare * used) return undefined;
  const hours = (7 * best.score.bridgeHours).toFixed(0);
  return {
    about: 'policy',
    shards: [name],
    reason: `policy ${best.policy} would serve people well with ${hours} bridge-hours a week, not ${used.toFixed(0)}`,
    savedBridgeHours: saved,
    isUrgent: false,
    commands: [`scale set ${name} --policy ${best.policy}`],
  };
}
