import { createLogger } from '../../common/log.ts';
import { readFleet } from '../../orchestrator/fleet/read-fleet.ts';
import { superviseFleet } from '../../orchestrator/local-fleet/supervise-fleet.ts';
import { type Context, stateDirectory } from '../context.ts';
import { usherCommand } from './usher-command.ts';

/** Keeps the fleet's processes running until the signal aborts. */
export async function supervise(context: Context): Promise<void> {
  const { folder, signal } = context;
  const { name } = await readFleet(folder);
  const log = createLogger('supervisor');
  await superviseFleet({ folder, state: stateDirectory(context, name), usher: usherCommand, log }, signal);
}
