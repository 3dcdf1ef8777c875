import type { Address } from '../../haproxy/config/address.ts';
import { collide, isLoopback } from './collide.ts';
import { checkPods } from './pod-rules.ts';
import type { Fleet } from './schema.ts';

/** Something a schema can't see, at `path` in the fleet file. */
export interface Finding {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Where something of a fleet listens, and where the fleet file says so. */
export type Listener = [path: Finding['path'], address: Address];

/** What is wrong with a fleet whose parts are each well formed. */
export function checkRules(fleet: Fleet): Finding[] {
  return [
    ...duplicateProxies(fleet),
    ...collidingAddresses(fleet),
    ...duplicatePools(fleet),
    ...unknownPools(fleet),
    ...(fleet.driver === 'kubernetes' ? checkPods(fleet) : nodesElsewhere(fleet)),
  ];
}

/** Nodes are what a fleet on one machine runs itself, for itself, with none but the default user. */
function nodesElsewhere({ redis }: Fleet): Finding[] {
  if (redis.nodes === undefined) return [];
  const findings: Finding[] = [];
  for (const part of ['nodes', 'sentinels'] as const) {
    for (const [index, address] of (redis[part] ?? []).entries()) {
      if (isLoopback(address)) continue;
      const message = `expected an address of this machine alone, as in 127.0.0.1; found "${address.host}"`;
      findings.push({ path: ['redis', part, index], message });
    }
  }
  for (const part of ['tls', 'username'] as const) {
    if (!redis[part]) continue;
    findings.push({ path: ['redis', part], message: 'nodes of the fleet’s own have none: leave it out' });
  }
  return findings;
}

function duplicateProxies({ proxies }: Fleet): Finding[] {
  const names = proxies.map((proxy) => proxy.name);
  return repeats(names).map((index) => ({
    path: ['proxies', index, 'name'],
    message: `the name of proxy ${names.indexOf(names[index] ?? '') + 1} again; found "${names[index]}"`,
  }));
}

function duplicatePools({ pools }: Fleet): Finding[] {
  return repeats(pools).map((index) => ({
    path: ['pools', index],
    message: `stands twice; found "${pools[index]}"`,
  }));
}

function unknownPools({ pools, tenants }: Fleet): Finding[] {
  const findings: Finding[] = [];
  for (const [tenant, pool] of Object.entries(tenants)) {
    if (pools.includes(pool)) continue;
    findings.push({
      path: ['tenants', tenant],
      message: `expected one of ${pools.join(', ')}; found "${pool}"`,
    });
  }
  return findings;
}

function collidingAddresses(fleet: Fleet): Finding[] {
  const machines = fleet.driver === 'kubernetes' ? podListeners(fleet) : [listeners(fleet)];
  return machines.flatMap(collisions);
}

function collisions(listening: readonly Listener[]): Finding[] {
  const findings: Finding[] = [];
  const seen: { name: string; address: Address }[] = [];
  for (const [path, address] of listening) {
    const other = seen.find((earlier) => collide(earlier.address, address));
    if (other) findings.push({ path, message: `port ${address.port} is already that of ${other.name}` });
    else seen.push({ name: path.join('.'), address });
  }
  return findings;
}

/** Everything on which a fleet on one machine listens. */
export function listeners(fleet: Fleet): Listener[] {
  const { orchestrator, redis } = fleet;
  const all: Listener[] = [];
  if (redis.url !== undefined) {
    const { hostname, port } = new URL(redis.url);
    const address = { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 6379) };
    if (isLoopback(address)) all.push([['redis', 'url'], address]);
  }
  for (const part of redis.nodes ? (['nodes', 'sentinels'] as const) : []) {
    for (const [index, address] of (redis[part] ?? []).entries()) all.push([['redis', part, index], address]);
  }
  for (const [number, api] of orchestrator.api.entries()) {
    const path = ['orchestrator', 'api'];
    all.push([orchestrator.api.length > 1 ? [...path, number] : path, api]);
  }
  return [...all, ...proxyListeners(fleet).flat()];
}

/** Everything on which each proxy and its agent listen. */
function proxyListeners({ proxies }: Pick<Fleet, 'proxies'>): Listener[][] {
  return proxies.map(({ bind, stats, agent }, index) => {
    const path = ['proxies', index];
    return [
      ...bind.map((address, number): Listener => [[...path, 'bind', number], address]),
      [[...path, 'stats'], stats],
      [[...path, 'agent', 'spoe'], agent.spoe],
      [[...path, 'agent', 'http'], agent.http],
    ];
  });
}

/** In a cluster every proxy has a machine of its own, its pod, whatever names its addresses have. */
function podListeners(fleet: Fleet): Listener[][] {
  return proxyListeners(fleet).map((pod) => pod.map(([path, { port }]) => [path, { host: '*', port }]));
}

function repeats(names: readonly string[]): number[] {
  return names.flatMap((name, index) => (names.indexOf(name) < index ? [index] : []));
}
