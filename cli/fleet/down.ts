import { readFleet } from '../../orchestrator/fleet/read-fleet.ts';
import { stopFleet } from '../../orchestrator/local-fleet/stop-fleet.ts';
import { type Context, stateDirectory } from '../context.ts';
import { print } from '../output/print.ts';
import { nothingToChange, sayChange } from '../output/say-change.ts';
import { runningProcesses } from './running-processes.ts';

/** Stops all that the fleet runs on this machine; an UsherError (64) when nothing runs. */
export async function takeDown(flags: { dryRun?: true }, context: Context): Promise<void> {
  const { name } = await readFleet(context.folder);
  const state = stateDirectory(context, name);
  const running = runningProcesses(state);
  const answer = { changed: running.length > 0, actions: running.map((one) => `stop ${one}`) };
  if (flags.dryRun) {
    sayChange(answer, true, context);
    if (!answer.changed) throw nothingToChange(`fleet ${name} is not up`);
    return;
  }
  await stopFleet({ state, say: (line) => void context.stderr.write(`${line}\n`) });
  print(context, answer, () => `fleet ${name} is down\n`);
}
