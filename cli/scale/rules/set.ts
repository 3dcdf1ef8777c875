import type { z } from 'zod';
import { UsageError } from '../../../common/errors.ts';
import type { PolicyName } from '../../../orchestrator/scaling/policies/make-policy.ts';
import type { scaleChange } from '../../../orchestrator/scaling/rules/scale-change.ts';
import type { Context } from '../../context.ts';
import { changeScale } from './change.ts';
import { settingNames } from './setting-names.ts';

/** The flags of `usher scale set`. */
export interface SetFlags {
  readonly dryRun?: true;
  readonly min?: number;
  readonly max?: number;
  readonly policy?: PolicyName;
  /** The policy's. */
  readonly option?: Record<string, never>;
  readonly bridgeMbps?: number;
  readonly mbpsPerParticipant?: number;
  readonly timeZone?: string;
  readonly unset?: readonly (keyof typeof settingNames)[];
}

/** Sets how a shard's bridges are scaled, or those of every one. */
export async function setScale(shard: string, flags: SetFlags, context: Context): Promise<void> {
  const { dryRun, policy, option, unset = [], ...values } = flags;
  if (option && !policy) throw new UsageError('--option: whose? Give --policy, too');
  const { min = 1, max = min } = values;
  if (min > max) throw new UsageError(`--min ${min}: expected no more than --max ${max}`);
  const change: z.input<typeof scaleChange> = {
    ...Object.fromEntries(unset.map((name) => [settingNames[name], null])),
    ...values,
    ...(policy && { policy: option ? { name: policy, options: option } : policy }),
  };
  if (Object.keys(change).length === 0) {
    throw new UsageError(
      `what shall be set? Give ${Object.keys(settingNames)
        .map((name) => `--${name}`)
        .join(', ')} or --unset`,
    );
  }
  await changeScale(shard, change, dryRun ?? false, context);
}
