import { messageOf } from '../../common/errors.ts';
import { loop } from '../../common/loop.ts';
import type { ShardSpec } from '../../shards/spec/schema.ts';
import type { Control } from '../control/control.ts';
import { keepShard } from './keep-shard.ts';
import { newWatchedShard } from './watched-shard.ts';

/**
 * Follows the fleet's overlays: a loop of its own for every shard, so that one shard's probe never waits for
 * another's. Overlays that cannot be read change nothing: the last good ones stand.
 */
export async function keepShards(control: Control, signal: AbortSignal): Promise<void> {
  let lastError = '';
  await loop('shards', 1_000, signal, control.log, async () => {
    const specs = await control.wishes.shards().catch((error: unknown) => {
      if (messageOf(error) !== lastError) {
        control.log.error({ error: messageOf(error) }, 'overlays cannot be read: the last good ones stand');
        control.audit.record({
          actor: 'orchestrator',
          action: 'fleet.refuse',
          reason: `overlays cannot be read: ${messageOf(error)}`,
          outcome: 'the last good ones stand',
        });
      }
      lastError = messageOf(error);
      return undefined;
    });
    if (specs === undefined) return;
    lastError = '';
    for (const spec of specs) {
      const watched = control.shards.get(spec.name);
      if (watched) watched.spec = spec;
      else startKeeper(control, spec, signal);
    }
    for (const name of control.shards.keys()) {
      if (!specs.some((spec) => spec.name === name)) await stopKeeper(control, name);
    }
  });
  await Promise.all([...control.shards.keys()].map((name) => stopKeeper(control, name)));
}

/** Lets go of a shard whose overlay is gone: nothing starts it or writes its record any more. */
export async function stopKeeper(control: Control, name: string): Promise<void> {
  const watched = control.shards.get(name);
  if (!watched) return;
  control.log.info({ shard: name }, 'shard is no longer kept');
  await watched.stop();
  control.shards.delete(name);
}

function startKeeper(control: Control, spec: ShardSpec, signal: AbortSignal): void {
  const watched = newWatchedShard(spec);
  const ending = new AbortController();
  const done = keepShard(control, watched, AbortSignal.any([signal, ending.signal]));
  watched.stop = () => {
    ending.abort();
    return done;
  };
  control.shards.set(spec.name, watched);
}
