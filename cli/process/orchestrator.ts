import { UsageError } from '../../common/errors.ts';
import { createLogger } from '../../common/log.ts';
import { readFleet } from '../../orchestrator/fleet/read-fleet.ts';
import type { Fleet } from '../../orchestrator/fleet/schema.ts';
import { createLocalDriver } from '../../orchestrator/local-fleet/local-driver.ts';
import { fleetPaths } from '../../orchestrator/local-fleet/paths.ts';
import { asStarted } from '../../orchestrator/local-fleet/redis-ha.ts';
import { runOrchestrator } from '../../orchestrator/orchestrator.ts';
import type { ShardDriver } from '../../shards/driver.ts';
import { type Context, stateDirectory } from '../context.ts';
import { type OrchestratorFlags, whichOrchestrator } from './which-orchestrator.ts';

/** Runs an orchestrator until the signal aborts; throws UsageError as `whichOrchestrator` does. */
export async function startOrchestrator(flags: OrchestratorFlags, context: Context): Promise<void> {
  const { folder, signal } = context;
  const written = await readFleet(folder);
  const state = stateDirectory(context, written.name);
  const fleet = asStarted(written, fleetPaths(state));
  const self = whichOrchestrator(fleet, flags);
  const driver = createDriver(fleet, state);
  await runOrchestrator({ ...self, fleet, folder, driver, log: createLogger('orchestrator') }, signal);
}

/** Chosen here, once. */
function createDriver(fleet: Fleet, state: string): ShardDriver {
  switch (fleet.driver) {
    case 'local':
      return createLocalDriver(fleet, state);
    case 'kubernetes':
      throw new UsageError('driver: kubernetes: this usher has no such driver yet');
    default:
      return fleet.driver satisfies never;
  }
}
