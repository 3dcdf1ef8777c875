import { createLogger } from '../../common/log.ts';
import { readFleet } from '../../orchestrator/fleet/read-fleet.ts';
import { createLocalDriver } from '../../orchestrator/local-fleet/local-driver.ts';
import { fleetPaths } from '../../orchestrator/local-fleet/paths.ts';
import { asStarted } from '../../orchestrator/local-fleet/redis-ha.ts';
import { runOrchestrator } from '../../orchestrator/orchestrator.ts';
import { type Context, stateDirectory } from '../context.ts';

/** Runs the control plane until the signal aborts. */
export async function startOrchestrator(context: Context): Promise<void> {
  const { folder, signal } = context;
  const written = await readFleet(folder);
  const state = stateDirectory(context, written.name);
  const fleet = asStarted(written, fleetPaths(state));
  const driver = createLocalDriver(fleet, state);
  await runOrchestrator({ fleet, folder, driver, log: createLogger('orchestrator') }, signal);
}
