import { openApi } from '../api/open-api.ts';
import type { Context } from '../context.ts';
import { print } from '../output/print.ts';
import { formatTable } from '../output/table.ts';
import { age } from '../output/words.ts';

/** The flags of `usher room list`. */
export interface ListFlags {
  readonly shard?: string;
  /** A room's state. Not `--state`, which is the fleet's directory everywhere. */
  readonly only?: string;
  readonly limit: number;
}

/** Lists rooms; when there are more than `--limit`, stderr says so. */
export async function listRooms(flags: ListFlags, context: Context): Promise<void> {
  // One more than wanted tells whether there are more.
  const { shard, only, limit } = flags;
  const api = await openApi(context);
  const found = await api.rooms({
    limit: limit + 1,
    ...(shard !== undefined && { shard }),
    ...(only !== undefined && { state: only }),
  });
  const rooms = found.slice(0, limit);
  print(context, rooms, () => {
    if (rooms.length === 0) return 'no rooms\n';
    const rows = rooms.map((room) => [
      room.room,
      room.shard,
      room.state,
      room.participants,
      age(room.seatedAt),
    ]);
    return formatTable(['ROOM', 'SHARD', 'STATE', 'PARTICIPANTS', 'AGE'], rows);
  });
  if (found.length > rooms.length) {
    context.stderr.write(`only ${rooms.length} rooms are listed; --limit lists more\n`);
  }
}
