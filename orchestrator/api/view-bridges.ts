import { stateOf } from '../bridges/bridge-state.ts';
import { type BridgeWord, readBridgeWords } from '../bridges/bridges-file.ts';
import type { FollowedBridge } from '../bridges/follow-bridges.ts';
import type { Control } from '../control/control.ts';
import { unknownShard } from '../shards/unknown-shard.ts';
import { bridgesOf } from '../shards/watched-shard.ts';
import type { BridgeLoad } from './schema/bridges.ts';

/** The bridges of all shards or of one, by shard and age. Throws UsageError when there is no such shard. */
export async function viewBridges(control: Control, shard: string | undefined): Promise<BridgeLoad[]> {
  if (shard !== undefined && !control.shards.has(shard)) throw unknownShard(shard, control.shards.keys());
  const views: BridgeLoad[] = [];
  for (const [name, watched] of [...control.shards].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    if (shard !== undefined && name !== shard) continue;
    const words = await readBridgeWords(control.wishes, name);
    views.push(...bridgesOf(watched).map((bridge) => viewBridge(name, bridge, words.get(bridge.name))));
  }
  return views;
}

function viewBridge(shard: string, bridge: FollowedBridge, word: BridgeWord | undefined): BridgeLoad {
  const { name, rest, said } = bridge;
  return {
    name,
    shard,
    rest,
    state: stateOf(bridge, word),
    reason: whyUnwell(bridge),
    word: word ?? null,
    localEndpoints: (said.ok ? said.localEndpoints : undefined) ?? null,
    conferences: (said.ok ? said.conferences : undefined) ?? null,
    bitsPerSecond: said.ok ? said.bitsPerSecond : null,
  };
}

function whyUnwell({ said }: FollowedBridge): string {
  if (!said.ok) return said.reason;
  return said.able ? '' : 'it says that it is unhealthy or about to end';
}
