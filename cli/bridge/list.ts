import type { BridgeLoad } from '../../orchestrator/api/schema/bridges.ts';
import { openApi } from '../api/open-api.ts';
import type { Context } from '../context.ts';
import { print } from '../output/print.ts';
import { formatTable } from '../output/table.ts';

const head = ['BRIDGE', 'SHARD', 'STATE', 'WISH', 'CONFERENCES', 'ENDPOINTS', 'MBIT/S', 'REASON'];

/** Lists the bridges of all shards, or of one. */
export async function listBridges(shard: string | undefined, context: Context): Promise<void> {
  const bridges = await (await openApi(context)).bridges(shard);
  print(context, bridges, () => formatBridges(bridges));
}

function formatBridges(bridges: readonly BridgeLoad[]): string {
  if (bridges.length === 0) return 'no bridges\n';
  const rows = bridges.map((bridge) => [
    bridge.name,
    bridge.shard,
    bridge.state,
    bridge.word,
    bridge.conferences,
    bridge.localEndpoints,
    bridge.bitsPerSecond === null ? null : Math.round(bridge.bitsPerSecond / 1e6),
    bridge.reason,
  ]);
  return formatTable(head, rows);
}
