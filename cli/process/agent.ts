import { readFile } from 'node:fs/promises';
import { UsageError } from '../../common/errors.ts';
import { createLogger } from '../../common/log.ts';
import { runAgent } from '../../haproxy/agent/agent.ts';
import { type Address, hostPort } from '../../haproxy/config/address.ts';
import { fullName } from '../../haproxy/config/full-name.ts';
import type { ProxySettings } from '../../haproxy/config/schema.ts';
import { readFleet } from '../../orchestrator/fleet/read-fleet.ts';
import type { Fleet } from '../../orchestrator/fleet/schema.ts';
import { fleetPaths, masterSocket, proxyDirectory } from '../../orchestrator/local-fleet/paths.ts';
import { asStarted } from '../../orchestrator/local-fleet/redis-ha.ts';
import { type Context, stateDirectory } from '../context.ts';

/** The flags of `usher agent`. */
export interface AgentFlags {
  readonly proxy: string;
  /** This pod's own address. */
  readonly host?: string;
}

/** Runs the agent of one proxy until the signal aborts; a UsageError when the fleet file names no such proxy. */
export async function startAgent({ proxy: name, host }: AgentFlags, context: Context): Promise<void> {
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
      proxy: host === undefined ? proxy : atHost(proxy, host),
      announcedAs: hostPort(proxy.agent.http),
      backupAgents: await neighboursOf(proxy, fleet),
      directory: proxyDirectory(paths, name),
      masterSocket: masterSocket(paths, name),
      graceMs: fleet.timings.graceMs,
      log: createLogger('agent'),
    },
    context.signal,
  );
}

/**
 * The proxy with its agent at `host`. A pod's name is what its neighbours know it by, at whatever address it comes
 * back; but the DNS learns of a pod only after it has started, and this pod must not wait for that.
 */
function atHost(proxy: ProxySettings, host: string): ProxySettings {
  const { spoe, http } = proxy.agent;
  return { ...proxy, agent: { spoe: { ...spoe, host }, http: { ...http, host } } };
}

/** The other proxies' agents, by names that HAProxy can ask the DNS for. */
async function neighboursOf(proxy: ProxySettings, { driver, proxies }: Fleet): Promise<Address[]> {
  const agents = proxies.filter((one) => one !== proxy).map((one) => one.agent.spoe);
  if (driver !== 'kubernetes') return agents;
  const resolvConf = await readFile('/etc/resolv.conf', 'utf8').catch(() => '');
  return agents.map(({ host, port }) => ({ host: fullName(host, resolvConf), port }));
}
