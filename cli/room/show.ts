import { openApi } from '../api/open-api.ts';
import type { Context } from '../context.ts';
import { print } from '../output/print.ts';
import { formatFields } from '../output/table.ts';
import { age } from '../output/words.ts';
import { roomArgument } from './room-argument.ts';

/** Shows where a room sits. */
export async function showRoom(text: string, context: Context): Promise<void> {
  const key = roomArgument(text);
  const room = await (await openApi(context)).room(key);
  print(context, room, () =>
    formatFields([
      ['Room', room.room],
      ['Shard', room.shard],
      ['State', room.state],
      ['Participants', room.participants],
      ['Seated at', `${room.seatedAt} (${age(room.seatedAt)} ago)`],
    ]),
  );
}
