import { UsageError } from '../../common/errors.ts';
import { createLogger } from '../../common/log.ts';
import { runAgent } from '../../haproxy/agent/agent.ts';
import { readFleet } from '../../orchestrator/fleet/read-fleet.ts';
import { fleetPaths, masterSocket, proxyDirectory } from '../../orchestrator/local-fleet/paths.ts';
import { asStarted } from '../../orchestrator/local-fleet/redis-ha.ts';
import { type Context, stateDirectory } from '../context.ts';

/** Runs the agent of one proxy until the signal aborts; a UsageError when the fleet file names no such proxy. */
export async function startAgent(name: string, context: Context): Promise<void> {
  const written = await readFleet(context.folder);
  const paths = fleetPaths(stateDirectory(context, written.name));
  const fleet = asStarted(written, paths);
  const proxy = fleet.proxies.find((one) => one.name === name);
  if (!proxy) {
    const known = fleet.proxies.map((one) => one.name).join(', ');
    throw new UsageError(`--proxy: expected one of ${known}; found "${name}"`);
  }
  await runAgent(
    {
      fleet: fleet.name,
      redis: fleet.redis,
      proxy,
      backupAgents: fleet.proxies.filter((one) => one !== proxy).map((one) => one.agent.spoe),
      directory: proxyDirectory(paths, name),
      masterSocket: masterSocket(paths, name),
      graceMs: fleet.timings.graceMs,
      log: createLogger('agent'),
    },
    context.signal,
  );
}
