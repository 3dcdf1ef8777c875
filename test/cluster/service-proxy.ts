import { connect, createServer, type Server, type Socket } from 'node:net';
import type { V1EndpointSlice, V1Service } from '@kubernetes/client-node';
import { readyAddresses } from './service-names.ts';

/** kube-proxy's part, for TCP: what is sent to a Service's cluster IP reaches its ready pods in turn. */
export interface ServiceProxy {
  /** To be called when a Service came, changed or, with `gone`, went. */
  update(service: V1Service, gone: boolean): void;
  /** Closes all ports, and what goes through them. */
  close(): void;
}

/** Listens on the cluster IPs of Services; `slices` gives all EndpointSlices as they are now. */
export function startServiceProxy(slices: () => readonly V1EndpointSlice[]): ServiceProxy {
  const listeners = new Map<string, { server: Server; owner: string }>();
  const sockets = new Set<Socket>();
  let turn = 0;

  function update(service: V1Service, gone: boolean): void {
    const owner = service.metadata?.uid ?? '';
    const wanted = gone ? new Map<string, string>() : portsOf(service);
    for (const [address, { server, owner: whose }] of listeners) {
      if (whose !== owner || wanted.has(address)) continue;
      server.close();
      listeners.delete(address);
    }
    for (const [address, portName] of wanted) {
      if (listeners.has(address)) continue;
      const [host, port] = address.split(':');
      const server = createServer((client) => forward(client, service, portName));
      server.on('error', () => listeners.delete(address));
      listeners.set(address, { server: server.listen(Number(port), host), owner });
    }
  }

  function forward(client: Socket, service: V1Service, portName: string): void {
    const ready = readyAddresses(service, slices());
    const chosen = ready[turn++ % (ready.length || 1)];
    // As an iptables REJECT does for a Service without endpoints.
    if (!chosen) return void client.resetAndDestroy();
    const server = connect(chosen.ports[portName] ?? 0, chosen.address);
    for (const [socket, other] of [
      [client, server],
      [server, client],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => other.resetAndDestroy());
      socket.on('close', () => sockets.delete(socket));
      socket.pipe(other);
    }
  }

  return {
    update,
    close() {
      for (const { server } of listeners.values()) server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** The names of a Service's TCP ports by `clusterIP:port`; none for a headless one. */
function portsOf({ spec }: V1Service): Map<string, string> {
  if (!spec?.clusterIP || spec.clusterIP === 'None') return new Map();
  const tcp = (spec.ports ?? []).filter(({ protocol = 'TCP' }) => protocol === 'TCP');
  return new Map(tcp.map(({ port, name = '' }) => [`${spec.clusterIP}:${port}`, name]));
}
