import type { FastifyRequest } from 'fastify';

/** Printable and short: it goes into the audit and onto terminals. */
const wellFormed = /^[\x21-\x7e]{1,100}$/;

/**
 * Who asks, as far as they say: `X-Usher-Actor`, which `usher` sets to user@host, or else the program by its
 * `User-Agent`. The API has no authentication, so this is no proof.
 */
export function actorOf({ headers, ip }: Pick<FastifyRequest, 'headers' | 'ip'>): string {
  const named = headers['x-usher-actor'];
  if (typeof named === 'string' && wellFormed.test(named)) return `operator ${named}`;
  const [program = ''] = (headers['user-agent'] ?? '').split(' ');
  return `operator ${wellFormed.test(program) ? program : 'unnamed'} at ${ip}`;
}
