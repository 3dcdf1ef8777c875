import type { FastifyInstance } from 'fastify';
import { messageOf, UsherError } from './errors.ts';

/** Starts an HTTP server; throws UsherError that names who wanted the address when it cannot be had. */
export async function listen(
  server: FastifyInstance,
  address: { host: string; port: number },
  who: string,
): Promise<void> {
  try {
    await server.listen({ host: address.host, port: address.port });
  } catch (error) {
    throw new UsherError(
      `${who} cannot listen on ${address.host}:${address.port}: ${messageOf(error)}`,
      undefined,
      { cause: error },
    );
  }
}
