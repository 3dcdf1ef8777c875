import { UsageError } from '../../common/errors.ts';
import { imageTag } from '../../shards/spec/schema.ts';
import { openApi } from '../api/open-api.ts';
import type { Context } from '../context.ts';
import type { ChangeFlags } from '../flags.ts';
import { nothingToChange, sayChange } from '../output/say-change.ts';
import { waitForUpgrade } from './wait-for-upgrade.ts';

/** The flags of `usher shard upgrade`. */
export interface StartFlags extends ChangeFlags {
  readonly imageTag?: string;
  /** Percent. */
  readonly canary: number;
  readonly surge: number;
  /** Milliseconds, both. */
  readonly bake: number;
  readonly readyWithin: number;
}

/** Begins an upgrade, and waits for its end with `--wait`. */
export async function startUpgrade(
  names: readonly string[],
  flags: StartFlags,
  context: Context,
): Promise<void> {
  if (flags.imageTag === undefined) throw new UsageError('--image-tag: the version to upgrade to is missing');
  const tag = imageTag.safeParse(flags.imageTag);
  if (!tag.success) {
    throw new UsageError(`--image-tag: ${tag.error.issues[0]?.message ?? ''}; found "${flags.imageTag}"`);
  }
  const api = await openApi(context);
  const { canary, surge, bake: bakeMs, readyWithin: readyWithinMs, dryRun = false } = flags;
  const wish = { imageTag: tag.data, shards: [...names], canary, surge, bakeMs, readyWithinMs, dryRun };
  const answer = await api.startUpgrade(wish);
  sayChange(answer, dryRun, context);
  if (!answer.changed) throw nothingToChange(`every shard has version ${tag.data} already`);
  if (dryRun) return;
  if (flags.wait) await waitForUpgrade(api, flags.timeout, context);
  else context.stderr.write(`the upgrade goes on by itself; look: ${context.hint('shard upgrade status')}\n`);
}
