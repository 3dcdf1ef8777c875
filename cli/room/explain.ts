import { count } from '../../common/words.ts';
import type { RoomExplanation } from '../../orchestrator/api/schema/rooms.ts';
import { openApi } from '../api/open-api.ts';
import type { Context } from '../context.ts';
import { eventLine } from '../events/event-line.ts';
import { print } from '../output/print.ts';
import { formatFields, formatTable } from '../output/table.ts';
import { roomArgument } from './room-argument.ts';

/** Says why a room sits where it sits, and what table, censuses and proxies hold of it. */
export async function explainRoom(text: string, context: Context): Promise<void> {
  const key = roomArgument(text);
  const explanation = await (await openApi(context)).explainRoom(key);
  print(context, explanation, () => formatExplanation(explanation));
}

function formatExplanation(explanation: RoomExplanation): string {
  const { room, reasons, tenant, pool, bucket, preferred, move, placement, census, proxies, events } =
    explanation;
  const seen = census.map(({ shard, participants }) => `${shard} (${count(participants, 'participant')})`);
  const facts = formatFields([
    ['Tenant', tenant],
    ['Bucket', `${bucket} of pool ${pool}`],
    ['Preferred shard', preferred],
    ['Bucket moves to', move && `${move.to} (${move.phase})`],
    ['Placement', placement && `${placement.shard}, ${placement.state} since ${placement.seatedAt}`],
    ['Seen by census', seen.join(', ')],
  ]);
  const rows = proxies.map((one) => [one.proxy, one.room, one.bucket, one.slot, one.error ?? null]);
  const held =
    rows.length > 0 ? formatTable(['PROXY', 'ROOM', 'BUCKET', 'SLOT', 'ERROR'], rows) : 'no proxies\n';
  const why = reasons.map((reason) => `  - ${reason}\n`).join('');
  const last = events.length > 0 ? `\n${events.map(eventLine).join('')}` : '';
  return `Room ${room}\n${why}\n${facts}\n${held}${last}`;
}
