import { Readable } from 'node:stream';
import fastify, { type FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { AgentDiff, AgentEntries, AgentStatus } from './status.ts';

/** What the agent's HTTP server tells of. */
export interface AgentHttpOptions {
  status(): Promise<AgentStatus>;
  entries(room: string, bucket: string): AgentEntries;
  diff(): Promise<AgentDiff>;
  /** The lines of a table report. */
  report(): Promise<Iterable<string>>;
  /** Prometheus text. */
  metrics(): Promise<string>;
}

const entriesQuery = z.object({ room: z.string().min(1).max(1_024), bucket: z.string().min(1).max(128) });

/**
 * The agent's HTTP server: `/health` (the process lives; never depends on Redis), `/metrics`, and what the
 * orchestrator asks: `/v1/status`, `/v1/entries`, `/v1/diff`, `/v1/report`.
 */
export function createAgentHttp(options: AgentHttpOptions): FastifyInstance {
  const server = fastify({ logger: false });
  server.get('/health', async () => ({ ok: true }));
  server.get('/metrics', async (_request, reply) => {
    reply.type('text/plain; version=0.0.4');
    return options.metrics();
  });
  server.get('/v1/status', () => options.status());
  server.get('/v1/entries', async (request, reply) => {
    const query = entriesQuery.safeParse(request.query);
    if (!query.success) return reply.code(400).send({ error: z.prettifyError(query.error) });
    return options.entries(query.data.room, query.data.bucket);
  });
  server.get('/v1/diff', () => options.diff());
  server.get('/v1/report', async (_request, reply) =>
    reply.type('text/plain; charset=utf-8').send(Readable.from(await options.report())),
  );
  return server;
}
