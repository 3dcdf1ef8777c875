import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { waitFor } from '../../../../common/time.ts';
import { readFleet } from '../../../../orchestrator/fleet/read-fleet.ts';
import { fleetProcesses, processNames } from '../../../../orchestrator/local-fleet/fleet-processes.ts';
import { fleetPaths } from '../../../../orchestrator/local-fleet/paths.ts';
import { ProcessDirectory } from '../../../../shards/local/process/process-directory.ts';
import { usherCommand } from '../../../fleet/running-fleet.ts';
import { addresses } from './fleet-folder.ts';

/** The Redis and the proxies of a fleet, with their agents: real ones, as processes beside the cluster. */
export interface Proxies {
  /** Starts the HAProxies, as soon as their agents have written what they run: those must know the shards. */
  serve(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts Redis, empty, and the agents; their files lie below `root`. */
export async function startProxies(folder: string, root: string): Promise<Proxies> {
  const fleet = await readFleet(folder);
  const paths = fleetPaths(join(root, 'state'));
  const processes = new ProcessDirectory(paths.state);
  const all = fleetProcesses(fleet, folder, paths, usherCommand);
  const named = (name: (proxy: string) => string) =>
    all.filter((one) => fleet.proxies.some((proxy) => one.name === name(proxy.name)));
  const args = ['--bind', addresses.redis, '--protected-mode', 'no', '--save', '', '--appendonly', 'no'];
  await processes.start({ name: 'redis', command: 'redis-server', args, cwd: root });
  for (const agent of named(processNames.agent)) await processes.start(agent);
  return {
    async serve() {
      for (const haproxy of named(processNames.haproxy)) {
        const isReady = async () => (await haproxy.ready()) || undefined;
        const describe = () => `${haproxy.name} has no configuration: ${processes.logTail('agent.proxy-0')}`;
        await waitFor(isReady, { timeoutMs: 40_000, describe });
        await processes.start(haproxy);
      }
    },
    async stop() {
      await Promise.all(processes.list().map(({ name }) => processes.stop(name, 0)));
      await rm(paths.proxies, { recursive: true, force: true });
    },
  };
}
