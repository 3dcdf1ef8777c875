import type { FastifyInstance } from 'fastify';
import { UsageError } from '../../../common/errors.ts';
import type { Control } from '../../control/control.ts';
import { actorOf } from '../actor.ts';
import { assertShardsKept } from '../assert-known.ts';
import { changePin } from '../change-pin.ts';
import { explainRoom } from '../explain-room.ts';
import { readRequest, roomPath } from '../read-request.ts';
import { recordCommand } from '../record-command.ts';
import { pinBody, roomsQuery } from '../schema/rooms.ts';
import { viewRoom, viewRooms } from '../view-rooms.ts';
import { mirrorOf } from '../view-shards.ts';
import { viewSplits } from '../view-splits.ts';

/** Rooms: where they sit and why, where operators pin them, and where nobody agrees about them. */
export function addRoomRoutes(server: FastifyInstance, control: Control): void {
  server.get('/v1/rooms', async (request) =>
    viewRooms(control, mirrorOf(control), readRequest(roomsQuery, request.query)),
  );

  server.get('/v1/rooms/:room', async (request) => {
    const { room } = readRequest(roomPath, request.params);
    const placement = mirrorOf(control).rooms.get(room);
    if (placement) return viewRoom(control, room, placement);
    throw new UsageError(`room ${room} is not seated; \`usher room explain\` says where it would be`);
  });

  server.get('/v1/rooms/:room/explain', (request) =>
    explainRoom(control, readRequest(roomPath, request.params).room),
  );

  server.post('/v1/rooms/:room/pin', async (request) => {
    const { room } = readRequest(roomPath, request.params);
    const { shard, dryRun } = readRequest(pinBody, request.body);
    if (shard !== null) assertShardsKept(control);
    const about = shard === null ? { action: 'room.unpin' } : { action: 'room.pin', shards: [shard] };
    const asked = { actor: actorOf(request), ...about, rooms: [room], dryRun };
    return recordCommand(control.audit, asked, () => changePin(control, room, shard, dryRun));
  });

  server.get('/v1/splits', async () => viewSplits(control));
}
