import { createLogger } from '../../common/log.ts';
import { readFleet } from '../../orchestrator/fleet/read-fleet.ts';
import { fleetPaths } from '../../orchestrator/local-fleet/paths.ts';
import { asStarted } from '../../orchestrator/local-fleet/redis-ha.ts';
import { runOrchestrator } from '../../orchestrator/orchestrator.ts';
import { type Context, stateDirectory } from '../context.ts';
import { createPlatform } from './platform.ts';
import { type OrchestratorFlags, whichOrchestrator } from './which-orchestrator.ts';

/** Runs an orchestrator until the signal aborts; throws UsageError as `whichOrchestrator` does. */
export async function startOrchestrator(flags: OrchestratorFlags, context: Context): Promise<void> {
  const { folder, signal } = context;
  const written = await readFleet(folder);
  const state = stateDirectory(context, written.name);
  const fleet = asStarted(written, fleetPaths(state));
  const self = whichOrchestrator(fleet, flags);
  const log = createLogger('orchestrator');
  const platform = await createPlatform(fleet, folder, state, log, signal);
  await runOrchestrator({ ...self, ...platform, fleet, log }, signal);
}
