import { join } from 'node:path';
import { messageOf } from '../../../common/errors.ts';
import { type Address, hostPort, reachable, urlToReach } from '../../../haproxy/config/address.ts';
import type { ProxySettings } from '../../../haproxy/config/schema.ts';
import { RuntimeClient } from '../../../haproxy/runtime/client.ts';
import { openConnection } from '../../../haproxy/runtime/connection.ts';
import { readInfo } from '../../../haproxy/runtime/info.ts';
import { listProcesses } from '../../../haproxy/runtime/processes.ts';
import { orchestratorsOf } from '../../../orchestrator/local-fleet/fleet-processes.ts';
import { type FleetPaths, masterSocket, proxyDirectory } from '../../../orchestrator/local-fleet/paths.ts';
import { ask } from '../../../shards/probes/ask.ts';
import { askHealth } from '../ask-health.ts';
import type { Check } from '../check.ts';
import { error, type Finding, warn } from '../finding.ts';

const timeoutMs = 2_000;
/** A healthy one answers within milliseconds, a busy one within hundreds. */
const slowMs = 1_000;

interface Socket {
  where: string;
  doThis: string;
  /** Rejects with why it does not answer. */
  reach(signal: AbortSignal): Promise<unknown>;
}

/** Do HAProxies, agents and the orchestrator answer, in time? */
export const socketsCheck: Check = {
  name: 'sockets',
  about: 'every socket of proxies, agents and orchestrator answers in time',
  live: true,
  async run({ fleet, paths }, signal) {
    const sockets = [
      ...fleet.proxies.flatMap((proxy) => socketsOf(proxy, paths)),
      ...orchestratorsOf(fleet).map(({ name, api }) => ({
        ...healthOf(name, api),
        doThis: `see ${name}.log: the fleet serves on, but nothing changes while none leads`,
      })),
    ];
    return (await Promise.all(sockets.map((socket) => judge(socket, signal)))).flat();
  },
};

async function judge({ where, doThis, reach }: Socket, signal: AbortSignal): Promise<Finding[]> {
  const begun = performance.now();
  try {
    await reach(signal);
  } catch (fault) {
    return [error(where, `does not answer: ${messageOf(fault)}`, doThis)];
  }
  const tookMs = Math.round(performance.now() - begun);
  if (tookMs < slowMs) return [];
  return [warn(where, `took ${tookMs} ms to answer`, 'see whether its machine is overloaded')];
}

function socketsOf(proxy: ProxySettings, paths: FleetPaths): Socket[] {
  const { name, bind, stats, agent } = proxy;
  const runtime = join(proxyDirectory(paths, name), 'runtime.sock');
  const master = masterSocket(paths, name);
  const haproxy = `see whether HAProxy runs and its log, haproxy.${name}.log; the supervisor starts it again`;
  const agentLog = `see the agent's log, agent.${name}.log; its neighbour answers claims meanwhile`;
  return [
    runtimeSocket(`${name}: runtime socket ${runtime}`, haproxy, runtime, readInfo),
    runtimeSocket(`${name}: master socket ${master}`, haproxy, master, listProcesses),
    // Answered by HAProxy itself: signalling without a room.
    ...bind.map((address) => httpSocket(`${name}: public address`, haproxy, address, '/http-bind')),
    httpSocket(`${name}: statistics`, haproxy, stats, '/metrics'),
    { ...healthOf(`${name}: its agent`, agent.http), doThis: agentLog },
    {
      where: `${name}: its agent's SPOE at ${hostPort(agent.spoe)}`,
      doThis: agentLog,
      async reach(signal) {
        const bounded = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
        (await openConnection(reachable(agent.spoe), timeoutMs, bounded)).destroy();
      },
    },
  ];
}

function runtimeSocket(
  where: string,
  doThis: string,
  address: string,
  read: (client: RuntimeClient) => Promise<unknown>,
): Socket {
  return { where, doThis, reach: (signal) => read(new RuntimeClient({ address, timeoutMs, signal })) };
}

function httpSocket(where: string, doThis: string, address: Address, path: string): Socket {
  return {
    where: `${where} ${hostPort(address)}`,
    doThis,
    async reach(signal) {
      const answer = await ask(`${urlToReach(address)}${path}`, signal, { timeoutMs });
      if (!answer.ok) throw new Error(answer.reason);
      if (answer.status >= 500) throw new Error(`status ${answer.status}`);
    },
  };
}

function healthOf(name: string, address: Address): Omit<Socket, 'doThis'> {
  return {
    where: `${name} at ${hostPort(address)}`,
    async reach(signal) {
      const answer = await askHealth(address, signal);
      if (!answer.ok) throw new Error(answer.reason);
    },
  };
}
