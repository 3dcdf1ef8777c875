import { openApi } from '../api/open-api.ts';
import type { Context } from '../context.ts';
import { nothingToChange, sayChange } from '../output/say-change.ts';

/** The flags of `usher table rebuild`. */
export interface RebuildFlags {
  readonly dryRun?: true;
}

/** Lets a rebuild of the table go on without those who do not answer. */
export async function forceRebuild(flags: RebuildFlags, context: Context): Promise<void> {
  const dryRun = flags.dryRun ?? false;
  const answer = await (await openApi(context)).forceRebuild(dryRun);
  sayChange(answer, dryRun, context);
  if (!answer.changed) throw nothingToChange('no rebuild of the table waits for anybody');
}
