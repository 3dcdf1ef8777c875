import { hostPort } from '../../haproxy/config/address.ts';
import { readFleet, readFleetShards } from '../../orchestrator/fleet/read-fleet.ts';
import { startFleet } from '../../orchestrator/local-fleet/start-fleet.ts';
import { type Context, stateDirectory } from '../context.ts';
import { print } from '../output/print.ts';
import { ProgressLine } from '../output/progress-line.ts';
import { usherCommand } from '../process/usher-command.ts';
import { formatStatus } from './format-status.ts';

/** Starts the fleet on this machine and waits until it seats rooms. */
export async function bringUp(flags: { dryRun?: true }, context: Context): Promise<void> {
  const fleet = await readFleet(context.folder);
  const shards = await readFleetShards(context.folder, fleet);
  const state = stateDirectory(context, fleet.name);
  if (flags.dryRun) {
    const actions = [
      `keep state and logs in ${state}`,
      `start Redis at ${fleet.redis.url ?? 'its sentinels'} and an orchestrator`,
      ...fleet.proxies.map(
        ({ name, bind }) => `start HAProxy ${name} on ${bind.map(hostPort).join(', ')} and its agent`,
      ),
      ...shards.map(
        ({ name, bridges }) => `start shard ${name}: Prosody, web, Jicofo, ${bridges.min} bridges`,
      ),
    ];
    print(context, { changed: true, actions }, () => actions.map((action) => `would ${action}\n`).join(''));
    return;
  }
  const progress = new ProgressLine(context.stderr);
  const say = (line: string) => progress.show(line);
  const options = { folder: context.folder, state, usher: usherCommand, say };
  const status = await startFleet(options, context.signal).finally(() => progress.end());
  print(
    context,
    status,
    () => `${formatStatus(status, context.stdout)}\n${whatToTry(context, status.proxies.length)}`,
  );
}

function whatToTry(context: Context, proxies: number): string {
  const lines = [
    `The fleet is up behind ${proxies} proxies. Try:`,
    `  ${context.hint('status')}`,
    `  ${context.hint('shard add eu-3 --region eu --bridges 1..3 --wait')}`,
    `  ${context.hint('room explain MyRoom')}`,
    `  ${context.hint('shard remove eu-3 --wait')}`,
    `  ${context.hint('down')}`,
  ];
  return `${lines.join('\n')}\n`;
}
