import { pick } from '../../../common/random.ts';
import { waitFor } from '../../../common/time.ts';
import { RuntimeClient } from '../../../haproxy/runtime/client.ts';
import { listProcesses } from '../../../haproxy/runtime/processes.ts';
import { fleetPaths, masterSocket } from '../../../orchestrator/local-fleet/paths.ts';
import { proxyNames, type World } from '../world.ts';
import type { Fault } from './fault.ts';

/** HAProxy's worker crashes, and its master ends with it. */
export const killWorker: Fault = {
  kind: 'kill-worker',
  lasts: false,
  async aim(world, random) {
    const proxy = pick(random, proxyNames(world));
    const pid = await workerOf(world, proxy);
    if (pid === undefined) return undefined;
    return {
      target: proxy,
      blame: { proxies: [proxy] },
      async inject() {
        process.kill(pid, 'SIGKILL');
        const isBack = async () => ![pid, undefined].includes(await workerOf(world, proxy)) || undefined;
        const describe = () => `${proxy} has no new worker`;
        return async () => void (await waitFor(isBack, { timeoutMs: 30_000, describe }));
      },
    };
  },
};

/** The pid of its present worker; undefined while it has none. */
async function workerOf(world: World, proxy: string): Promise<number | undefined> {
  const master = new RuntimeClient({ address: masterSocket(fleetPaths(world.running.state), proxy) });
  const processes = await listProcesses(master).catch(() => []);
  return processes.find(({ role }) => role === 'worker')?.pid;
}
