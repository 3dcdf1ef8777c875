import fastify, { type FastifyInstance } from 'fastify';
import { exitCodes, messageOf, UsageError, UsherError } from '../../common/errors.ts';
import type { Control } from '../control/control.ts';
import { NotYetError } from './not-yet-error.ts';
import { RefusedError } from './refused-error.ts';
import { addBridgeRoutes } from './routes/bridges.ts';
import { addFleetRoutes } from './routes/fleet.ts';
import { addRoomRoutes } from './routes/rooms.ts';
import { addScaleRoutes } from './routes/scale.ts';
import { addShardRoutes } from './routes/shards.ts';
import { addUpgradeRoutes } from './routes/upgrade.ts';
import { standBy } from './stand-by.ts';

/** The orchestrator's HTTP API: its addresses stand in routes/, what it takes and answers in schema/. */
export function createApi(control: Control): FastifyInstance {
  // Fastify percent-decodes a path once; a room key holds percent signs of its own.
  const server = fastify({ logger: false, routerOptions: { maxParamLength: 4_096 } });
  const closing = new AbortController();
  // Whoever waits for events is answered, or they would hold up the end of this process.
  server.addHook('preClose', async () => closing.abort());
  // A connection kept alive after its last answer would hold it up as well.
  server.addHook('onSend', async (_request, reply) => {
    if (closing.signal.aborted) reply.header('connection', 'close');
  });
  server.setErrorHandler((error, _request, reply) => {
    const { status, exitCode } = classify(error);
    const isNotYet = error instanceof NotYetError;
    if (status >= 500 && !isNotYet) control.log.error({ error: messageOf(error) }, 'API request failed');
    const leader = isNotYet ? { leader: control.election.leader()?.api ?? null } : {};
    return reply.code(status).send({ error: { message: messageOf(error), exitCode }, ...leader });
  });
  server.setNotFoundHandler((request, reply) =>
    reply
      .code(404)
      .send({ error: { message: `no such address: ${request.url}`, exitCode: exitCodes.usage } }),
  );
  standBy(server, control);
  addFleetRoutes(server, control, closing.signal);
  addShardRoutes(server, control);
  addBridgeRoutes(server, control);
  addScaleRoutes(server, control);
  addRoomRoutes(server, control);
  addUpgradeRoutes(server, control);
  return server;
}

function classify(error: unknown): { status: number; exitCode: number } {
  if (error instanceof UsageError) return { status: 400, exitCode: error.exitCode };
  if (error instanceof RefusedError) return { status: 409, exitCode: error.exitCode };
  if (error instanceof UsherError) return { status: 503, exitCode: error.exitCode };
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  return { status, exitCode: status < 500 ? exitCodes.usage : exitCodes.failure };
}
