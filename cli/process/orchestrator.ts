import { createLogger } from '../../common/log.ts';
import { readFleet } from '../../orchestrator/fleet/read-fleet.ts';
import { createLocalDriver } from '../../orchestrator/local-fleet/local-driver.ts';
import { runOrchestrator } from '../../orchestrator/orchestrator.ts';
import { type Context, stateDirectory } from '../context.ts';

/** Runs the control plane until the signal aborts. */
export async function startOrchestrator(context: Context): Promise<void> {
  const { folder, signal } = context;
  const fleet = await readFleet(folder);
  const driver = createLocalDriver(fleet, stateDirectory(context, fleet.name));
  await runOrchestrator({ fleet, folder, driver, log: createLogger('orchestrator') }, signal);
}
