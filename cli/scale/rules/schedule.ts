import type { z } from 'zod';
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
  const schedule = { name, ...window, ...(!scaleDown && { noScaleDown: true }) };
  await changeScale(shard, { schedule }, dryRun ?? false, context);
}
