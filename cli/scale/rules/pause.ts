import type { Context } from '../../context.ts';
import { changeScale } from './change.ts';
import { type UntilFlags, untilOf } from './flags.ts';

/** Leaves all bridges as they are. */
export async function pauseScale(shard: string, flags: UntilFlags, context: Context): Promise<void> {
  const until = untilOf(flags);
  const paused = until === undefined ? true : { until };
  await changeScale(shard, { paused }, flags.dryRun ?? false, context);
}

/** Takes a pause back. */
export async function resumeScale(
  shard: string,
  flags: Pick<UntilFlags, 'dryRun'>,
  context: Context,
): Promise<void> {
  await changeScale(shard, { paused: false }, flags.dryRun ?? false, context);
}
