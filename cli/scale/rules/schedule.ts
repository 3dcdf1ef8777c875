import type { z } from 'zod';
import { UsageError } from '../../../common/errors.ts';
import type { schedule } from '../../../orchestrator/scaling/rules/schema.ts';
import type { Context } from '../../context.ts';
import { changeScale } from './change.ts';

/** The flags of `usher scale schedule add`. */
export interface ScheduleFlags
  extends Pick<z.input<typeof schedule>, 'from' | 'to' | 'days' | 'min' | 'max' | 'priority'> {
  readonly dryRun?: true;
  /** False with `--no-scale-down`. */
  readonly scaleDown: boolean;
}

/** Adds a window that comes again every week. */
export async function addSchedule(
  name: string,
  shard: string,
  { dryRun, scaleDown, ...window }: ScheduleFlags,
  context: Context,
): Promise<void> {
  const { min = 1, max = min } = window;
  if (min > max) throw new UsageError(`--min ${min}: expected no more than --max ${max}`);
  if (window.min === undefined && window.max === undefined && scaleDown)
    throw new UsageError('what shall hold then? Give --min, --max or --no-scale-down');
  const schedule = { name, ...window, ...(!scaleDown && { noScaleDown: true }) };
  await changeScale(shard, { schedule }, dryRun ?? false, context);
}
