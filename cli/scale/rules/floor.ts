import { UsageError } from '../../../common/errors.ts';
import type { Context } from '../../context.ts';
import { changeScale } from './change.ts';
import { type UntilFlags, untilOf } from './flags.ts';

/** The flags of `usher scale floor`. */
export interface FloorFlags extends UntilFlags {
  readonly from?: string;
  readonly clear?: true;
}

/** Has so many bridges open at least, or takes all floors back. */
export async function setFloor(
  shard: string,
  bridges: number | undefined,
  flags: FloorFlags,
  context: Context,
): Promise<void> {
  const { from, clear = false, dryRun = false } = flags;
  const until = untilOf(flags);
  const isTimed = from !== undefined || until !== undefined;
  if (clear ? bridges !== undefined || isTimed : bridges === undefined) {
    throw new UsageError('give how many bridges at least, or --clear');
  }
  if (from !== undefined && flags.for !== undefined)
    throw new UsageError('--for is from now on: give --until with --from');
  const floor =
    bridges === undefined
      ? null
      : { bridges, ...(from !== undefined && { from }), ...(until !== undefined && { until }) };
  await changeScale(shard, { floor }, dryRun, context);
}
