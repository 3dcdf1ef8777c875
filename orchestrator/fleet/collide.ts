import type { Address } from '../../haproxy/config/address.ts';

/** Whether two listeners on `a` and `b` would be in each other's way. */
export function collide(a: Address, b: Address): boolean {
  return a.port === b.port && (a.host === b.host || isAny(a.host) || isAny(b.host));
}

/** Whether `address` is reached from this machine alone. */
export function isLoopback({ host }: Address): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}

function isAny(host: string): boolean {
  return host === '*' || host === '0.0.0.0' || host === '::';
}
