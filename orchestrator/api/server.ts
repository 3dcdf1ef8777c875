import fastify, { type FastifyInstance } from 'fastify';
import { z } from 'zod';
import { exitCodes, messageOf, UsageError, UsherError } from '../../common/errors.ts';
import { isRoomKey } from '../../haproxy/room-key/room-key.ts';
import { desiredState, imageTag } from '../../shards/spec/schema.ts';
import type { Control } from '../control/control.ts';
import { eventsQuery } from '../events/schema.ts';
import { waitForEvents } from '../events/wait-for-events.ts';
import { changeUpgrade, startUpgrade } from '../upgrade/change-upgrade.ts';
import { upgradeFile } from '../upgrade/schema.ts';
import { viewUpgrade } from '../upgrade/view-upgrade.ts';
import { actorOf } from './actor.ts';
import { changePin } from './change-pin.ts';
import { changeDesired, requestRemoval } from './changes.ts';
import { explainRoom } from './explain-room.ts';
import { forceRebuild } from './force-rebuild.ts';
import { createOrchestratorMetrics } from './metrics.ts';
import { recordCommand } from './record-command.ts';
import { RefusedError } from './refused-error.ts';
import { roomStatus } from './schema.ts';
import { standBy } from './stand-by.ts';
import { viewFleet } from './view-fleet.ts';
import { viewHealth } from './view-orchestrators.ts';
import { diffOf, viewProxies } from './view-proxies.ts';
import { viewRoom, viewRooms } from './view-rooms.ts';
import { mirrorOf, viewShards } from './view-shards.ts';
import { viewSplits } from './view-splits.ts';

/** A year: what is longer is a mistake. */
const maxDeadlineMs = 365 * 86_400_000;

/** Which rooms. */
export const roomsQuery = z.object({
  /** Only those on this shard, by name or incarnation. */
  shard: z.string().optional(),
  state: roomStatus.shape.state.optional(),
  /** At most so many. */
  limit: z.coerce.number().int().min(1).max(100_000).default(1_000),
});
/** What the operator wants. */
export const desiredBody = z.strictObject({
  desired: desiredState,
  /** Only of a drain: when its rooms should have left, in milliseconds from now. */
  deadlineInMs: z.int().min(0).max(maxDeadlineMs).optional(),
  /** Only of a drain: rooms that are left then, or now without a deadline, are cut. */
  force: z.boolean().default(false),
  dryRun: z.boolean().default(false),
});
/** What becomes of the rooms that live on a shard to be removed; refused when that is not said. */
export const removeBody = z.strictObject({
  /** They end by themselves first. */
  drain: z.boolean().default(false),
  /** They are cut. */
  force: z.boolean().default(false),
  dryRun: z.boolean().default(false),
});
/** An upgrade of shards to another version of their images. */
export const upgradeBody = z.strictObject({
  imageTag,
  /** Which; none: all that have another version and are not on their way out. */
  shards: z.array(z.string()).default([]),
  /** A new shard's share of new rooms while it is on trial, in percent of what it gets afterwards. */
  canary: upgradeFile.shape.canary.default(10),
  /** So many new shards at a time. */
  surge: upgradeFile.shape.surge.default(1),
  /** How long a trial takes, in milliseconds. */
  bakeMs: upgradeFile.shape.bakeMs.default(600_000),
  /** How long a new shard may take to get its first rooms, in milliseconds. */
  readyWithinMs: upgradeFile.shape.readyWithinMs.default(600_000),
  dryRun: z.boolean().default(false),
});
/** A word to the upgrade under way. */
export const upgradeWordBody = z.strictObject({
  word: z.enum(['pause', 'resume', 'rollback']),
  dryRun: z.boolean().default(false),
});
/** Only a forced rebuild can be asked for; any other begins by itself. */
export const rebuildBody = z.strictObject({ force: z.literal(true), dryRun: z.boolean().default(false) });
/** Where the operator wants a room; null: nowhere in particular. */
export const pinBody = z.strictObject({ shard: z.string().nullable(), dryRun: z.boolean().default(false) });
/** What an operator does who wants a shard so. */
const verbs = { active: 'uncordon', cordoned: 'cordon', draining: 'drain' } as const;
const named = z.object({ name: z.string() });
const roomParams = z.object({ room: z.string().refine(isRoomKey, 'not a room key, `tenant/name`') });

/** The orchestrator's HTTP API. What it answers stands in schema.ts. */
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
    if (status >= 500) control.log.error({ error: messageOf(error) }, 'API request failed');
    return reply.code(status).send({ error: { message: messageOf(error), exitCode } });
  });
  server.setNotFoundHandler((request, reply) =>
    reply
      .code(404)
      .send({ error: { message: `no such address: ${request.url}`, exitCode: exitCodes.usage } }),
  );

  standBy(server, control);
  server.get('/health', async () => viewHealth(control));
  const metrics = createOrchestratorMetrics(control);
  server.get('/metrics', async (_request, reply) => {
    reply.type('text/plain; version=0.0.4');
    return metrics.text();
  });
  server.get('/v1/status', () => viewFleet(control));
  server.get('/v1/shards', async () => viewShards(control));
  server.get('/v1/shards/:name', async (request) => shardOf(control, read(named, request.params).name));
  server.post('/v1/shards/:name/desired', async (request) => {
    const { name } = read(named, request.params);
    const change = read(desiredBody, request.body);
    const { desired, dryRun, ...inputs } = change;
    const asked = {
      actor: actorOf(request),
      action: `shard.${verbs[desired]}`,
      shards: [name],
      inputs,
      dryRun,
    };
    return recordCommand(control.audit, asked, () => changeDesired(control, name, change));
  });
  server.post('/v1/shards/:name/remove', async (request) => {
    const { name } = read(named, request.params);
    const removal = read(removeBody, request.body ?? {});
    const { dryRun, ...inputs } = removal;
    const asked = { actor: actorOf(request), action: 'shard.remove', shards: [name], inputs, dryRun };
    return recordCommand(control.audit, asked, () => requestRemoval(control, name, removal));
  });
  server.get('/v1/upgrade', () => viewUpgrade(control));
  server.post('/v1/upgrade', async (request) => {
    const { dryRun, ...wish } = read(upgradeBody, request.body);
    const asked = { actor: actorOf(request), action: 'upgrade.start', inputs: wish, dryRun };
    return recordCommand(control.audit, asked, () => startUpgrade(control, wish, dryRun));
  });
  server.post('/v1/upgrade/word', async (request) => {
    const { word, dryRun } = read(upgradeWordBody, request.body);
    const asked = { actor: actorOf(request), action: `upgrade.${word}`, dryRun };
    return recordCommand(control.audit, asked, () => changeUpgrade(control, word, dryRun));
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
  server.get('/v1/events', (request) =>
    waitForEvents(control.table, read(eventsQuery, request.query), closing.signal),
  );
  server.post('/v1/rooms/:room/pin', async (request) => {
    const { room } = read(roomParams, request.params);
    const { shard, dryRun } = read(pinBody, request.body);
    const action = shard === null ? 'room.unpin' : 'room.pin';
    const asked = {
      actor: actorOf(request),
      action,
      rooms: [room],
      shards: shard === null ? [] : [shard],
      dryRun,
    };
    return recordCommand(control.audit, asked, () => changePin(control, room, shard, dryRun));
  });
  server.post('/v1/table/rebuild', async (request) => {
    const { dryRun } = read(rebuildBody, request.body);
    const asked = { actor: actorOf(request), action: 'table.force-rebuild', dryRun };
    return recordCommand(control.audit, asked, async () => forceRebuild(control, dryRun));
  });
  server.get('/v1/proxies', () => viewProxies(control));
  server.get('/v1/proxies/:name/diff', (request) => diffOf(control, read(named, request.params).name));
  server.get('/v1/splits', async () => viewSplits(control));
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
  if (error instanceof RefusedError) return { status: 409, exitCode: error.exitCode };
  if (error instanceof UsherError) return { status: 503, exitCode: error.exitCode };
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  return { status, exitCode: status < 500 ? exitCodes.usage : exitCodes.failure };
}
