import { readFleet } from '../../orchestrator/fleet/read-fleet.ts';
import { fleetPaths } from '../../orchestrator/local-fleet/paths.ts';
import { stopFleet } from '../../orchestrator/local-fleet/stop-fleet.ts';
import { ProcessDirectory } from '../../shards/local/process/process-directory.ts';
import { type Context, stateDirectory } from '../context.ts';
import { print } from '../output/print.ts';
import { ProgressLine } from '../output/progress-line.ts';

/** Stops everything that the fleet runs on this machine; its meetings end. */
export async function takeDown(flags: { dryRun?: true }, context: Context): Promise<void> {
  const state = stateDirectory(context, (await readFleet(context.folder)).name);
  if (flags.dryRun) {
    const actions = new ProcessDirectory(fleetPaths(state).state).list().map(({ name }) => `stop ${name}`);
    print(context, { changed: actions.length > 0, actions }, () =>
      actions.map((action) => `would ${action}\n`).join(''),
    );
    return;
  }
  const progress = new ProgressLine(context.stderr);
  await stopFleet({ state, say: (line) => progress.show(line) }).finally(() => progress.end());
  print(context, { changed: true, actions: [`stopped the fleet of ${state}`] }, () => 'The fleet is down.\n');
}
