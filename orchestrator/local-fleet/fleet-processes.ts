import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ProcessSpec } from '../../shards/local/process/process-directory.ts';
import type { Fleet } from '../fleet/schema.ts';
import { type FleetPaths, masterSocket, proxyDirectory } from './paths.ts';

/** One process of the fleet. Shards' processes are their driver's matter. */
export interface FleetProcess extends ProcessSpec {
  /** May it be started yet? */
  ready(): boolean;
}

/** The command line that runs `usher` itself: the program and its first arguments. */
export type UsherCommand = readonly [command: string, ...args: string[]];

/** Names contain a dot where a name of the operator's follows, which no shard's process has. */
export const processNames = {
  supervisor: 'supervisor',
  redis: 'redis',
  orchestrator: 'orchestrator',
  agent: (proxy: string) => `agent.${proxy}`,
  haproxy: (proxy: string) => `haproxy.${proxy}`,
} as const;

const always = () => true;

/** What the supervisor keeps running, in the order in which it is started. */
export function fleetProcesses(
  fleet: Fleet,
  folder: string,
  paths: FleetPaths,
  [command, ...first]: UsherCommand,
): FleetProcess[] {
  const usher = (name: string, ...words: string[]): FleetProcess => ({
    name,
    command,
    args: [...first, ...words, '--fleet', folder, '--state', paths.state],
    ready: always,
  });
  return [
    redisProcess(fleet, paths),
    ...fleet.proxies.map(({ name }) => usher(processNames.agent(name), 'agent', '--proxy', name)),
    ...fleet.proxies.map(({ name }) => haproxyProcess(name, paths)),
    usher(processNames.orchestrator, 'orchestrator'),
  ];
}

/** The supervisor itself. */
export function supervisorProcess(
  folder: string,
  paths: FleetPaths,
  [command, ...first]: UsherCommand,
): ProcessSpec {
  const args = [...first, 'supervise', '--fleet', folder, '--state', paths.state];
  return { name: processNames.supervisor, command, args };
}

/** No persistence: after a restart the table is rebuilt from the fleet, never from a file that may be old. */
export function redisProcess(fleet: Fleet, paths: FleetPaths): FleetProcess {
  const url = new URL(fleet.redis.url ?? 'redis://127.0.0.1:6379');
  const settings = {
    bind: '127.0.0.1',
    port: url.port || '6379',
    dir: paths.redis,
    daemonize: 'no',
    save: '',
    appendonly: 'no',
    'maxmemory-policy': 'noeviction',
  };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
  return { name: processNames.redis, command: 'redis-server', args, ready: always };
}

/** HAProxy starts when its agent has written its configuration. */
function haproxyProcess(proxy: string, paths: FleetPaths): FleetProcess {
  const configuration = join(proxyDirectory(paths, proxy), 'haproxy.cfg');
  return {
    name: processNames.haproxy(proxy),
    command: 'haproxy',
    args: ['-W', '-db', '-S', masterSocket(paths, proxy), '-f', configuration],
    ready: () => existsSync(configuration),
  };
}
