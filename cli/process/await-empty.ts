import { createLogger } from '../../common/log.ts';
import { clientFrontend } from '../../haproxy/config/render.ts';
import { awaitEmpty } from '../../haproxy/runtime/await-empty.ts';
import { RuntimeClient } from '../../haproxy/runtime/client.ts';
import { readFleet } from '../../orchestrator/fleet/read-fleet.ts';
import { fleetPaths, masterSocket } from '../../orchestrator/local-fleet/paths.ts';
import { type Context, stateDirectory } from '../context.ts';

/** Longer than a cluster takes to send new connections elsewhere. */
const quietMs = 15_000;

/** Waits until nobody is connected to the HAProxy of this proxy, or the signal aborts. */
export async function awaitProxyEmpty(proxy: string, context: Context): Promise<void> {
  const { name } = await readFleet(context.folder);
  const address = masterSocket(fleetPaths(stateDirectory(context, name)), proxy);
  const master = new RuntimeClient({ address, timeoutMs: 2_000, signal: context.signal });
  const log = createLogger('await-empty');
  await awaitEmpty({ master, frontend: clientFrontend, quietMs, everyMs: 1_000, log }, context.signal);
}
