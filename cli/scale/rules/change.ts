import type { z } from 'zod';
import type { scaleChange } from '../../../orchestrator/scaling/rules/scale-change.ts';
import { openApi } from '../../api/open-api.ts';
import type { Context } from '../../context.ts';
import { nothingToChange, sayChange } from '../../output/say-change.ts';

/** Has the orchestrator write a change into `scale.yaml`, and says what follows. */
export async function changeScale(
  shard: string,
  change: z.input<typeof scaleChange>,
  dryRun: boolean,
  context: Context,
): Promise<void> {
  const answer = await (await openApi(context)).changeScale({ shard, change, dryRun });
  sayChange(answer, dryRun, context);
  if (!answer.changed) throw nothingToChange('scale.yaml says so already, or never said so');
}
