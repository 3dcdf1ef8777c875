import { z } from 'zod';

/** An address to listen on or to connect to, written `127.0.0.1:8080` or `[::1]:8080`. */
export const address = z
  .string()
  .regex(/^(\[[0-9a-f:]+\]|[A-Za-z0-9._*-]+):\d{1,5}$/, 'expected HOST:PORT, as in 127.0.0.1:8080')
  .transform((text) => {
    const colon = text.lastIndexOf(':');
    return { host: text.slice(0, colon).replace(/^\[|\]$/g, ''), port: Number(text.slice(colon + 1)) };
  })
  .refine(({ port }) => port >= 1 && port <= 65_535, 'expected a port from 1 to 65535');

export type Address = z.infer<typeof address>;

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
