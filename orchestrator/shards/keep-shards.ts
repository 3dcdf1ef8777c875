import { messageOf } from '../../common/errors.ts';
import { loop } from '../../common/loop.ts';
import type { Control } from '../control/control.ts';
import { readFleetShards } from '../fleet/read-fleet.ts';
import { keepShard } from './keep-shard.ts';
import { newWatchedShard } from './watched-shard.ts';

/**
 * Follows the fleet's overlays: a loop of its own for every shard, so that one shard's probe never waits for
 * another's. Overlays that cannot be read change nothing: the last good ones stand.
 */
export async function keepShards(control: Control, signal: AbortSignal): Promise<void> {
  const keepers = new Map<string, { stop: AbortController; done: Promise<void> }>();
  let lastError = '';
  await loop('shards', 1_000, signal, control.log, async () => {
    const specs = await readFleetShards(control.folder, control.fleet).catch((error: unknown) => {
      if (messageOf(error) !== lastError) {
        control.log.error({ error: messageOf(error) }, 'overlays cannot be read: the last good ones stand');
      }
      lastError = messageOf(error);
      return undefined;
    });
    if (specs === undefined) return;
    lastError = '';
    for (const spec of specs) {
      const watched = control.shards.get(spec.name);
      if (watched) {
        watched.spec = spec;
        continue;
      }
      const shard = newWatchedShard(spec);
      control.shards.set(spec.name, shard);
      const stop = new AbortController();
      const done = keepShard(control, shard, AbortSignal.any([signal, stop.signal]));
      keepers.set(spec.name, { stop, done });
    }
    for (const [name, keeper] of keepers) {
      if (specs.some((spec) => spec.name === name)) continue;
      control.log.info({ shard: name }, 'shard is no longer in the fleet’s list');
      keeper.stop.abort();
      await keeper.done;
      keepers.delete(name);
      control.shards.delete(name);
    }
  });
  await Promise.all([...keepers.values()].map(({ done }) => done));
}
