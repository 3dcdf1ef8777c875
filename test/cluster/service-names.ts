import { isIPv4 } from 'node:net';
import type { V1EndpointSlice, V1Pod, V1Service } from '@kubernetes/client-node';

/** What cluster DNS knows. */
export interface NamedObjects {
  readonly services: readonly V1Service[];
  readonly slices: readonly V1EndpointSlice[];
  readonly pods: readonly V1Pod[];
}

/**
 * Cluster DNS's part: the address behind a name, as a pod of `namespace` would resolve it. `web`, `web.jitsi-eu-1`,
 * `redis-0.redis` and `redis-0.redis.usher` work, each also with `.svc` and `.svc.cluster.local`. A headless Service
 * gives its first ready pod. Undefined where there is no such name, or nothing behind it.
 */
export function resolveName(name: string, namespace: string, known: NamedObjects): string | undefined {
  if (isIPv4(name)) return name;
  const [first = '', second, third] = name.replace(/\.svc(\.cluster\.local)?\.?$/, '').split('.');
  if (second === undefined) return ofService(first, namespace, known);
  if (third !== undefined) return ofPod(first, second, third, known);
  return ofService(first, second, known) ?? ofPod(first, second, namespace, known);
}

/** The addresses of a Service that take connections, by the number or the name of their port. */
export function readyAddresses(
  service: V1Service,
  slices: readonly V1EndpointSlice[],
): { address: string; ports: Readonly<Record<string, number>> }[] {
  const own = slices.filter(
    ({ metadata }) =>
      metadata?.namespace === service.metadata?.namespace &&
      metadata?.labels?.['kubernetes.io/service-name'] === service.metadata?.name,
  );
  return own.flatMap(({ endpoints, ports }) => {
    const byName = Object.fromEntries((ports ?? []).map(({ name, port }) => [name ?? '', port ?? 0]));
    const ready = (endpoints ?? []).filter(({ conditions }) => conditions?.ready !== false);
    return ready.flatMap(({ addresses }) => addresses.map((address) => ({ address, ports: byName })));
  });
}

function ofService(name: string, namespace: string, known: NamedObjects): string | undefined {
  const service = known.services.find(
    ({ metadata }) => metadata?.name === name && metadata.namespace === namespace,
  );
  const clusterIp = service?.spec?.clusterIP;
  if (service && clusterIp === 'None') return readyAddresses(service, known.slices)[0]?.address;
  return clusterIp || undefined;
}

/** A pod with a name of its own under a headless Service; known before it is ready, as Redis' peers need it. */
function ofPod(
  hostname: string,
  subdomain: string,
  namespace: string,
  known: NamedObjects,
): string | undefined {
  return known.pods.find(
    ({ metadata, spec }) =>
      metadata?.namespace === namespace && spec?.subdomain === subdomain && spec.hostname === hostname,
  )?.status?.podIP;
}
