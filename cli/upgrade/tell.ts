import { openApi } from '../api/open-api.ts';
import type { Context } from '../context.ts';
import type { ChangeFlags } from '../flags.ts';
import { nothingToChange, sayChange } from '../output/say-change.ts';

const already = {
  pause: 'it does not run',
  resume: 'it runs, or is done',
  rollback: 'it is on its way back',
};

/** Says a word to the upgrade that is there. */
export async function tellUpgrade(
  word: keyof typeof already,
  flags: Pick<ChangeFlags, 'dryRun'>,
  context: Context,
): Promise<void> {
  const dryRun = flags.dryRun ?? false;
  const answer = await (await openApi(context)).tellUpgrade(word, dryRun);
  sayChange(answer, dryRun, context);
  if (!answer.changed) throw nothingToChange(already[word]);
}
