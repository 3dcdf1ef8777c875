import { UsherError } from '../../common/errors.ts';
import { count } from '../../common/words.ts';
import type { SplitsStatus } from '../../orchestrator/api/schema/splits.ts';
import { openApi } from '../api/open-api.ts';
import type { Context } from '../context.ts';
import { print } from '../output/print.ts';
import { formatTable } from '../output/table.ts';
import { age } from '../output/words.ts';

/** Lists the rooms of which table, proxies and shards do not agree; an UsherError when there are any. */
export async function listSplits(context: Context): Promise<void> {
  const found = await (await openApi(context)).splits();
  print(context, found, () => formatSplits(found));
  for (const { where, reason } of found.unread) {
    context.stderr.write(`${where} could not be read: ${reason}\n`);
  }
  const total = Object.values(found.counts).reduce((sum, number) => sum + number, 0);
  if (total > 0) throw new UsherError(`${count(total, 'disagreement')}; \`usher doctor\` says what to do`);
}

function formatSplits({ lookedAt, splits }: SplitsStatus): string {
  if (lookedAt === null) return 'the split detector has not looked yet\n';
  if (splits.length === 0) return 'table, proxies and censuses agree about every room\n';
  const rows = splits.map(({ kind, room, since, evidence, doThis }) => {
    const places = evidence.map(({ where, shard, participants }) =>
      where === 'census' ? `${shard} shows ${participants}` : `${where} ${shard ?? 'nothing'}`,
    );
    return [kind, room, age(since), places.join(', '), doThis];
  });
  return formatTable(['KIND', 'ROOM', 'AGE', 'WHAT IS SAID', 'DO'], rows);
}
