import { Readable } from 'node:stream';
import fastify, { type FastifyInstance } from 'fastify';
import { z } from 'zod';
import { ownHealth } from '../../common/health.ts';
import { bucketCount } from '../room-key/room-key.ts';
import type {
  AgentDiff,
  AgentDigests,
  AgentEntries,
  AgentRooms,
  AgentSessions,
  AgentStatus,
} from './status.ts';

/** What the agent's HTTP server tells of. */
export interface AgentHttpOptions {
  status(): Promise<AgentStatus>;
  entries(room: string, bucket: string): AgentEntries;
  diff(): Promise<AgentDiff>;
  digests(): Promise<AgentDigests>;
  rooms(buckets: ReadonlySet<number>): Promise<AgentRooms>;
  sessions(): Promise<AgentSessions>;
  /** Puts right what differs, and says what did. */
  repair(): Promise<AgentDiff>;
  /** The lines of a table report. */
  report(): Promise<Iterable<string>>;
  /** Prometheus text. */
  metrics(): Promise<string>;
}

const entriesQuery = z.object({ room: z.string().min(1).max(1_024), bucket: z.string().min(1).max(128) });
const roomsQuery = z.object({
  buckets: z
    .string()
    .max(8_192)
    .regex(/^\d+(,\d+)*$/, 'expected numbers of buckets, as in 1,2')
    .transform((text) => text.split(',').map(Number))
    .pipe(z.array(z.int().max(bucketCount - 1))),
});

/**
 * The agent's HTTP server: `/health` (the process lives; never depends on Redis), `/metrics`, and what the
 * orchestrator asks: `/v1/status`, `/v1/entries`, `/v1/diff`, `/v1/rooms/digests`, `/v1/rooms`, `/v1/sessions`,
 * `/v1/report`, and by POST `/v1/repair`.
 */
export function createAgentHttp(options: AgentHttpOptions): FastifyInstance {
  const server = fastify({ logger: false });
  server.get('/health', async () => ownHealth);
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
  server.get('/v1/rooms/digests', () => options.digests());
  server.get('/v1/rooms', async (request, reply) => {
    const query = roomsQuery.safeParse(request.query);
    if (!query.success) return reply.code(400).send({ error: z.prettifyError(query.error) });
    return options.rooms(new Set(query.data.buckets));
  });
  server.get('/v1/sessions', () => options.sessions());
  server.post('/v1/repair', () => options.repair());
  server.get('/v1/report', async (_request, reply) =>
    reply.type('text/plain; charset=utf-8').send(Readable.from(await options.report())),
  );
  return server;
}
