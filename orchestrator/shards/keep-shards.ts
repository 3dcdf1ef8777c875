import { messageOf } from '../../common/errors.ts';
import { loop } from '../../common/loop.ts';
import type { ShardSpec } from '../../shards/spec/schema.ts';
import { SparingAudit } from '../audit/sparing-audit.ts';
import type { Control } from '../control/control.ts';
import { followUnwanted } from './follow-unwanted.ts';
import { keepShard } from './keep-shard.ts';
import { newWatchedShard, type WatchedShard } from './watched-shard.ts';

/**
 * Follows what operators want: a loop of its own for every shard, so that one shard's probe never waits for
 * another's. What cannot be read changes nothing: the last good wishes stand.
 */
export async function keepShards(control: Control, signal: AbortSignal): Promise<void> {
  const refused = new SparingAudit(control.audit);
  const unwanted = new SparingAudit(control.audit);
  await loop('shards', 1_000, signal, control.log, async () => {
    const specs = await readSpecs(control, refused);
    if (specs === undefined) {
      if (control.overlays === 'unread') control.overlays = 'unreadable';
      return;
    }
    const wanted = new Set([...specs.map(({ name }) => name), ...control.wishes.refused().keys()]);
    for (const spec of specs) keep(control, spec, false, signal);
    control.overlays = 'read';
    const leaving = await followUnwanted(control, wanted, unwanted, signal);
    for (const spec of leaving) keep(control, spec, true, signal);
    const kept = new Set([...wanted, ...leaving.map(({ name }) => name)]);
    for (const name of control.shards.keys()) if (!kept.has(name)) await stopKeeper(control, name);
  });
  control.overlays = 'unread';
  await Promise.all([...control.shards.keys()].map((name) => stopKeeper(control, name)));
}

/** Undefined when none of them can be read. What is wrong is said once. */
async function readSpecs(control: Control, audit: SparingAudit): Promise<ShardSpec[] | undefined> {
  const { wishes } = control;
  const say = (key: string, what: string, error: string) => {
    const reason = `${what} cannot be read: ${error}`;
    const entry = {
      actor: 'orchestrator',
      action: 'fleet.refuse',
      reason,
      outcome: 'the last good ones stand',
    };
    if (audit.record(key, entry))
      control.log.error({ what, error }, 'wishes cannot be read: the last good ones stand');
  };
  try {
    const specs = await wishes.shards();
    const refused = wishes.refused();
    audit.keepOnly((name) => refused.has(name));
    for (const [name, error] of refused) say(name, `the wish for shard ${name}`, error);
    return specs;
  } catch (error) {
    say('', 'overlays', messageOf(error));
    return undefined;
  }
}

function keep(control: Control, spec: ShardSpec, leaving: boolean, signal: AbortSignal): void {
  const watched = control.shards.get(spec.name) ?? startKeeper(control, spec, signal);
  watched.spec = spec;
  watched.leaving = leaving;
}

/** Lets go of a shard whose overlay is gone: nothing starts it or writes its record any more. */
export async function stopKeeper(control: Control, name: string): Promise<void> {
  const watched = control.shards.get(name);
  if (!watched) return;
  control.log.info({ shard: name }, 'shard is no longer kept');
  await watched.stop();
  control.shards.delete(name);
}

function startKeeper(control: Control, spec: ShardSpec, signal: AbortSignal): WatchedShard {
  const watched = newWatchedShard(spec);
  const ending = new AbortController();
  const done = keepShard(control, watched, AbortSignal.any([signal, ending.signal]));
  watched.stop = () => {
    ending.abort();
    return done;
  };
  control.shards.set(spec.name, watched);
  return watched;
}
