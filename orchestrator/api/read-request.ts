import { z } from 'zod';
import { UsageError } from '../../common/errors.ts';
import { isRoomKey } from '../../haproxy/room-key/room-key.ts';

/** A path that ends in the name of a shard or a proxy. */
export const namePath = z.object({ name: z.string() });

/** A path that names a room by its key, encoded once, or twice where somebody on the way takes slashes for paths. */
export const roomPath = z.object({
  room: z.string().transform(decodedAgain).refine(isRoomKey, 'not a room key, `tenant/name`'),
});

/** Path, query or body as `schema` has it. Throws UsageError, which says what is wrong with it. */
export function readRequest<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new UsageError(z.prettifyError(parsed.error));
}

/** Every key has a slash: without one it is encoded still. */
function decodedAgain(room: string): string {
  if (room.includes('/')) return room;
  try {
    return decodeURIComponent(room);
  } catch {
    return room;
  }
}
