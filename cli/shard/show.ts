import type { ShardStatus } from '../../orchestrator/api/schema/shards.ts';
import { openApi } from '../api/open-api.ts';
import type { Context } from '../context.ts';
import { paintObserved } from '../output/paint.ts';
import { print } from '../output/print.ts';
import { formatFields, formatTable } from '../output/table.ts';
import type { Output } from '../terminal.ts';
import { signallingOf, wishOf } from './shard-table.ts';

/** Shows one shard. */
export async function showShard(name: string, context: Context): Promise<void> {
  const shard = await (await openApi(context)).shard(name);
  print(context, shard, () => formatShard(shard, context.stdout));
}

function formatShard(shard: ShardStatus, output: Output): string {
  const fields = formatFields([
    ['Name', shard.name],
    ['Incarnation', shard.incarnation],
    ['Region', shard.region],
    ['Pool', shard.pool],
    ['Desired', wishOf(shard)],
    ['Observed', paintObserved(shard.observed, output)],
    ['Reason', shard.reason],
    ['In the proxies', shard.admitted],
    ['Drained', shard.drained],
    ['Forced', shard.force],
    ['Buckets', `${shard.buckets} of 1024`],
    ['Rooms', shard.rooms],
    ['Participants', shard.participants],
    ['Signalling', signallingOf(shard)],
    ['Image tag', shard.imageTag],
    ['Web', shard.web],
  ]);
  if (shard.bridges.length === 0) return `${fields}\nno bridges\n`;
  const bridges = shard.bridges.map(({ name, rest }) => [name, rest]);
  return `${fields}\n${formatTable(['BRIDGE', 'REST'], bridges)}`;
}
