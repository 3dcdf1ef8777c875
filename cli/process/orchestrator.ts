import { UsageError } from '../../common/errors.ts';
import { createLogger } from '../../common/log.ts';
import { hostPort } from '../../haproxy/config/address.ts';
import { readFleet, readFleetShards } from '../../orchestrator/fleet/read-fleet.ts';
import { orchestratorsOf } from '../../orchestrator/local-fleet/fleet-processes.ts';
import { createLocalDriver } from '../../orchestrator/local-fleet/local-driver.ts';
import { fleetPaths } from '../../orchestrator/local-fleet/paths.ts';
import { asStarted } from '../../orchestrator/local-fleet/redis-ha.ts';
import { runOrchestrator } from '../../orchestrator/orchestrator.ts';
import { folderWishes } from '../../shards/overlay/folder-wishes.ts';
import { type Context, stateDirectory } from '../context.ts';

/**
 * Runs the orchestrator whose API is at `api`, as the fleet file writes it, until the signal aborts; a UsageError when
 * the fleet file has no such address, or several and none was named.
 */
export async function startOrchestrator(api: string | undefined, context: Context): Promise<void> {
  const { folder, signal } = context;
  const written = await readFleet(folder);
  const state = stateDirectory(context, written.name);
  const fleet = asStarted(written, fleetPaths(state));
  const all = orchestratorsOf(fleet);
  const self = api === undefined && all.length === 1 ? all[0] : all.find((one) => hostPort(one.api) === api);
  if (!self) {
    const allowed = fleet.orchestrator.api.map(hostPort).join(', ');
    throw new UsageError(`--api: expected one of ${allowed}; found ${api ? `"${api}"` : 'none'}`);
  }
  const wishes = folderWishes(folder, () => readFleetShards(folder, fleet));
  const driver = createLocalDriver(fleet, state);
  await runOrchestrator({ ...self, fleet, wishes, driver, log: createLogger('orchestrator') }, signal);
}
