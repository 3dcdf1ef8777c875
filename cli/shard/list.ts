import { openApi } from '../api/open-api.ts';
import type { Context } from '../context.ts';
import { print } from '../output/print.ts';
import { shardTable } from './shard-table.ts';

/** Lists all shards. */
export async function listShards(context: Context): Promise<void> {
  const shards = await (await openApi(context)).shards();
  print(context, shards, () => shardTable(shards, context.stdout));
}
