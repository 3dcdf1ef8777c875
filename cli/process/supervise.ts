import { createLogger } from '../../common/log.ts';
import { readFleet } from '../../orchestrator/fleet/read-fleet.ts';
import { superviseFleet } from '../../orchestrator/local-fleet/supervise-fleet.ts';
import { type Context, stateDirectory } from '../context.ts';
import { usherCommand } from './usher-command.ts';

/** Keeps the fleet's processes alive until SIGTERM. */
export async function supervise(context: Context): Promise<void> {
  const { folder, signal } = context;
  const state = stateDirectory(context, (await readFleet(folder)).name);
  await superviseFleet({ folder, state, usher: usherCommand, log: createLogger('supervisor') }, signal);
}
