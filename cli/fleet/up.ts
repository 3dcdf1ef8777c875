import { resolve } from 'node:path';
import { UsageError } from '../../common/errors.ts';
import { readFleet } from '../../orchestrator/fleet/read-fleet.ts';
import { withRedisHa } from '../../orchestrator/local-fleet/redis-ha.ts';
import { startFleet } from '../../orchestrator/local-fleet/start-fleet.ts';
import { type Context, stateDirectory } from '../context.ts';
import { print } from '../output/print.ts';
import { nothingToChange, sayChange } from '../output/say-change.ts';
import { usherCommand } from '../process/usher-command.ts';
import { formatStatus } from './format-status.ts';
import { planUp } from './plan-up.ts';
import { runningProcesses } from './running-processes.ts';
import { whatNext } from './what-next.ts';

/** The flags of `usher up`. */
export interface UpFlags {
  readonly dryRun?: true;
  readonly redisHa?: true;
}

/** Starts the fleet on this machine, waits until it seats rooms, and says what to try next. */
export async function bringUp(flags: UpFlags, context: Context): Promise<void> {
  // Absolute: the fleet's processes name it long after, to whoever asks.
  const folder = resolve(context.folder);
  const written = await readFleet(folder);
  if (written.driver !== 'local') {
    throw new UsageError(
      `\`usher up\` starts fleets on this machine; fleet ${written.name} is in Kubernetes`,
    );
  }
  const redisHa = flags.redisHa ?? false;
  const fleet = redisHa ? withRedisHa(written) : written;
  const state = stateDirectory(context, fleet.name);
  if (flags.dryRun) {
    const answer = await planUp(folder, fleet, runningProcesses(state));
    sayChange(answer, true, context);
    if (!answer.changed) throw nothingToChange(`fleet ${fleet.name} is up already`);
    return;
  }
  const say = (line: string) => void context.stderr.write(`${line}\n`);
  const status = await startFleet({ folder, state, usher: usherCommand, say, redisHa }, context.signal);
  print(context, status, () => `${formatStatus(status, context.stdout)}\n${whatNext(fleet, context.hint)}`);
}
