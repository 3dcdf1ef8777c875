import { resync } from '../proxy-keeper.ts';
import type { Rules } from '../rules.ts';
import { report, rewriteTable } from '../table/rebuild.ts';
import type { World } from '../world.ts';
import { applies } from './agents.ts';
import { isAnybodyOnTheWay, readCensuses } from './census.ts';
import type { Step } from './step.ts';

/** How a Redis that is not blessed gets its table back. */
export function* rebuildSteps(world: World, rules: Rules): Generator<Step> {
  if (!world.table.up || world.table.blessed) return;
  const { rebuild } = world;
  yield* agents(world, rules);
  if (!rebuild) return;
  if (rules.blessNeedsReports ? !rebuild.reported.every(Boolean) : !rebuild.reported.some(Boolean)) return;
  const waits = rules.rebuildAwaitsTombstones && rebuild.entries.includes('?') && isAnybodyOnTheWay(world);
  if (rules.rebuildReadsCensuses && !rebuild.shown) {
    if (waits) return;
    yield {
      story: 'censuses begin after the last report',
      take(next) {
        next.rebuild = { ...rebuild, shown: readCensuses(next) };
      },
    };
    return;
  }
  yield {
    story: 'the table is rebuilt and this Redis blessed',
    take: (next) => rewriteTable(next, rebuild, rules),
  };
}

function* agents(world: World, rules: Rules): Generator<Step> {
  for (const [agent, proxy] of world.proxies.entries()) {
    const reported = world.rebuild?.reported[agent] ?? false;
    const [event] = proxy.unread;
    // Read from the feed before it was lost.
    if (event && !(reported && rules.reportIsLast)) yield applies(event, agent, rules);
    if (!reported) {
      yield { story: `agent ${agent + 1} reports`, take: (next) => report(next, agent, rules) };
    }
    if (!rules.agentsAwaitBlessing && !proxy.inStep && world.table.preference) {
      yield {
        story: `agent ${agent + 1} reads the table that nobody has blessed`,
        take: (next) => resync(next, agent, rules),
      };
    }
  }
}
