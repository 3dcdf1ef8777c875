import { z } from 'zod';

/** An address to listen on or to connect to, written `127.0.0.1:8080` or `[::1]:8080`. */
export const address = z
  .string()
  .regex(/^(\[[0-9a-f:]+\]|[A-Za-z0-9._*-]+):\d{1,5}$/, 'expected HOST:PORT, as in 127.0.0.1:8080')
  .transform(splitHostPort)
  .refine(({ port }) => port >= 1 && port <= 65_535, 'expected a port from 1 to 65535');

/** A host, an IPv6 address without brackets, and a TCP port. */
export interface Address {
  host: string;
  port: number;
}

/** Splits what `hostPort` wrote, or HAProxy. */
export function splitHostPort(text: string): Address {
  const colon = text.lastIndexOf(':');
  return { host: text.slice(0, colon).replace(/^\[|\]$/g, ''), port: Number(text.slice(colon + 1)) };
}

/** Where a listener on `address` is reached from its own machine: who listens on all addresses, on the loopback one. */
export function reachable({ host, port }: Address): Address {
  if (host === '*' || host === '0.0.0.0') return { host: '127.0.0.1', port };
  return { host: host === '::' ? '::1' : host, port };
}

/** `host:port` as HAProxy and URLs write it, an IPv6 address in brackets. */
export function hostPort({ host, port }: Address): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** `http://host:port` of a listener, from its own machine. */
export function urlToReach(address: Address): string {
  return `http://${hostPort(reachable(address))}`;
}
