import fastify, { type FastifyInstance } from 'fastify';
import { z } from 'zod';
import { exitCodes, messageOf, UsageError, UsherError } from '../../common/errors.ts';
import { isRoomKey } from '../../haproxy/room-key/room-key.ts';
import { desiredState } from '../../shards/spec/schema.ts';
import type { Control } from '../control/control.ts';
import { changePin } from './change-pin.ts';
import { changeDesired, requestRemoval } from './changes.ts';
import { explainRoom } from './explain-room.ts';
import { forceRebuild } from './force-rebuild.ts';
import { roomStatus } from './schema.ts';
import { viewFleet } from './view-fleet.ts';
import { diffOf, viewProxies } from './view-proxies.ts';
import { viewRoom, viewRooms } from './view-rooms.ts';
import { mirrorOf, viewShards } from './view-shards.ts';

/** Which rooms. */
export const roomsQuery = z.object({
  /** Only those on this shard, by name or incarnation. */
  shard: z.string().optional(),
  state: roomStatus.shape.state.optional(),
  /** At most so many. */
  limit: z.coerce.number().int().min(1).max(100_000).default(1_000),
});
/** What the operator wants. */
export const desiredBody = z.strictObject({ desired: desiredState, dryRun: z.boolean().default(false) });
/** Only a forced rebuild can be asked for; any other begins by itself. */
export const rebuildBody = z.strictObject({ force: z.literal(true), dryRun: z.boolean().default(false) });
/** Where the operator wants a room; null: nowhere in particular. */
export const pinBody = z.strictObject({ shard: z.string().nullable(), dryRun: z.boolean().default(false) });
/** Nothing changes with `dryRun`. */
export const removeBody = z.strictObject({ dryRun: z.boolean().default(false) });
const named = z.object({ name: z.string() });
const roomParams = z.object({ room: z.string().refine(isRoomKey, 'not a room key, `tenant/name`') });

/** The orchestrator's HTTP API. What it answers stands in schema.ts. */
export function createApi(control: Control): FastifyInstance {
  // Fastify percent-decodes a path once; a room key holds percent signs of its own.
  const server = fastify({ logger: false, routerOptions: { maxParamLength: 4_096 } });
  server.setErrorHandler((error, _request, reply) => {
    const { status, exitCode } = classify(error);
    if (status >= 500) control.log.error({ error: messageOf(error) }, 'API request failed');
    return reply.code(status).send({ error: { message: messageOf(error), exitCode } });
  });
  server.setNotFoundHandler((request, reply) =>
    reply
      .code(404)
      .send({ error: { message: `no such address: ${request.url}`, exitCode: exitCodes.usage } }),
  );

  server.get('/health', async () => ({ ok: true }));
  server.get('/v1/status', () => viewFleet(control));
  server.get('/v1/shards', async () => viewShards(control));
  server.get('/v1/shards/:name', async (request) => shardOf(control, read(named, request.params).name));
  server.post('/v1/shards/:name/desired', async (request) => {
    const { desired, dryRun } = read(desiredBody, request.body);
    return changeDesired(control, read(named, request.params).name, desired, dryRun);
  });
  server.post('/v1/shards/:name/remove', async (request) => {
    const { dryRun } = read(removeBody, request.body ?? {});
    return requestRemoval(control, read(named, request.params).name, dryRun);
  });
  server.get('/v1/rooms', async (request) =>
    viewRooms(control, mirrorOf(control), read(roomsQuery, request.query)),
  );
  server.get('/v1/rooms/:room', async (request) => {
    const { room } = read(roomParams, request.params);
    const placement = mirrorOf(control).rooms.get(room);
    if (placement) return viewRoom(control, room, placement);
    throw new UsageError(`room ${room} is not seated; \`usher room explain\` says where it would be`);
  });
  server.get('/v1/rooms/:room/explain', (request) =>
    explainRoom(control, read(roomParams, request.params).room),
  );
  server.post('/v1/rooms/:room/pin', async (request) => {
    const { shard, dryRun } = read(pinBody, request.body);
    return changePin(control, read(roomParams, request.params).room, shard, dryRun);
  });
  server.post('/v1/table/rebuild', async (request) =>
    forceRebuild(control, read(rebuildBody, request.body).dryRun),
  );
  server.get('/v1/proxies', () => viewProxies(control));
  server.get('/v1/proxies/:name/diff', (request) => diffOf(control, read(named, request.params).name));
  return server;
}

function shardOf(control: Control, name: string): ReturnType<typeof viewShards>[number] {
  const shards = viewShards(control);
  const shard = shards.find((one) => one.name === name);
  if (shard) return shard;
  throw new UsageError(
    `there is no shard ${name}; known: ${shards.map((one) => one.name).join(', ') || 'none'}`,
  );
}

function read<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new UsageError(z.prettifyError(parsed.error));
}

function classify(error: unknown): { status: number; exitCode: number } {
  if (error instanceof UsageError) return { status: 400, exitCode: error.exitCode };
  if (error instanceof UsherError) return { status: 503, exitCode: error.exitCode };
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  return { status, exitCode: status < 500 ? exitCodes.usage : exitCodes.failure };
}
