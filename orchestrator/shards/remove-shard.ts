import { incarnationOf, type ShardRecord } from '../../haproxy/stick-table/records.ts';
import { planBridgeWord, readBridgeWords } from '../bridges/bridges-file.ts';
import type { Control } from '../control/control.ts';
import { stopKeeper } from './keep-shards.ts';

/**
 * Removes a shard that no proxy sends anybody to. Overlay first, so that nobody starts it again; then its processes;
 * then its incarnation is dead for good. Each step can
 * be done again, so that the next orchestrator ends what one that died has left.
 * @throws UsherError, or Error when its record has changed meanwhile.
 */
export async function removeShard(control: Control, shard: ShardRecord, signal: AbortSignal): Promise<void> {
  await deleteShard(control, shard.name, signal);
  await changeShard(control, shard, { removed: true });
}

/** The same of a shard that the table does not know. */
export async function deleteShard(control: Control, name: string, signal: AbortSignal): Promise<void> {
  control.election.token();
  const { wishes } = control;
  await wishes.apply(await wishes.planRemoval(name));
  // A shard of the same name, and its bridges, would inherit them.
  const told = await readBridgeWords(wishes, name);
  await wishes.apply(await planBridgeWord(wishes, name, told.keys(), undefined));
  await stopKeeper(control, name);
  await control.driver.remove(name, signal);
}

/** Changes a shard's record. @throws Error when it has changed meanwhile. */
export async function changeShard(
  control: Control,
  shard: ShardRecord,
  over: { admitted?: boolean; removing?: boolean; removed?: boolean },
): Promise<void> {
  const answer = await control.table.putShard({ ...shard, ...over, version: shard.version + 1 });
  if (!answer.ok) throw new Error(`shard ${incarnationOf(shard)}: ${answer.reason}`);
}
