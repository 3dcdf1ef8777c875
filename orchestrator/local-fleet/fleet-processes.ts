import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Address, hostPort } from '../../haproxy/config/address.ts';
import type { ProcessSpec } from '../../shards/local/process/process-directory.ts';
import type { Fleet } from '../fleet/schema.ts';
import { searchPath } from './check-programs.ts';
import { type FleetPaths, masterSocket, proxyDirectory } from './paths.ts';

/** One process of the fleet. Shards' processes are their driver's matter. */
export interface FleetProcess extends ProcessSpec {
  /** May it be started now? Asked before every start, and puts in place what is decided anew for each. */
  ready(): boolean | Promise<boolean>;
}

/** The command line that runs `usher` itself: the program and its first arguments. */
export type UsherCommand = readonly [command: string, ...args: string[]];

/** Names contain a dot where a name of the operator's or a number follows, which no shard's process has. */
export const processNames = {
  supervisor: 'supervisor',
  /** The fleet's own Redis when it has one alone. */
  redis: 'redis',
  redisNode: (number: number) => `redis.${number}`,
  sentinel: (number: number) => `sentinel.${number}`,
  /** Where there are several, each has its number behind it: `orchestratorsOf`. */
  orchestrator: 'orchestrator',
  agent: (proxy: string) => `agent.${proxy}`,
  haproxy: (proxy: string) => `haproxy.${proxy}`,
} as const;

const always = () => true;

/** The names and addresses of a fleet's orchestrators, in the fleet file's order. */
export function orchestratorsOf({
  orchestrator,
}: Pick<Fleet, 'orchestrator'>): { name: string; api: Address }[] {
  const several = orchestrator.api.length > 1;
  const nameOf = (index: number) =>
    several ? `${processNames.orchestrator}.${index + 1}` : processNames.orchestrator;
  return orchestrator.api.map((api, index) => ({ name: nameOf(index), api }));
}

/** Is this the name of an orchestrator, in whatever fleet? */
export function isOrchestrator(name: string): boolean {
  return name === processNames.orchestrator || name.startsWith(`${processNames.orchestrator}.`);
}

/** What the supervisor keeps running beside Redis, in the order in which it is started. */
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
    ...fleet.proxies.map(({ name }) => usher(processNames.agent(name), 'agent', '--proxy', name)),
    ...fleet.proxies.map(({ name }) => haproxyProcess(name, paths)),
    ...orchestratorsOf(fleet).map(({ name, api }) => usher(name, 'orchestrator', '--api', hostPort(api))),
  ];
}

/** The supervisor itself. All that the fleet runs inherits its environment. */
export function supervisorProcess(
  folder: string,
  paths: FleetPaths,
  [command, ...first]: UsherCommand,
): ProcessSpec {
  const args = [...first, 'supervise', '--fleet', folder, '--state', paths.state];
  return { name: processNames.supervisor, command, args, env: { PATH: searchPath() } };
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
