import { exitCodes, UsherError } from '../../common/errors.ts';
import type { ChangeAnswer } from '../../orchestrator/api/schema.ts';
import { openApi } from '../api/open-api.ts';
import type { Context } from '../context.ts';
import type { ChangeFlags } from '../flags.ts';
import { print } from '../output/print.ts';
import type { Goal } from './goals.ts';
import { waitForGoal } from './wait-for-goal.ts';

/**
 * Ends a change of the shard `name`: says what was done and, with `--wait`, waits for `goal`. Who asks again for a
 * change that is under way only waits for it.
 *
 * @throws UsherError with the exit code for "nothing to change" when there was neither to do nor to wait
 */
export async function settle(
  name: string,
  answer: ChangeAnswer,
  goal: Goal,
  flags: ChangeFlags,
  context: Context,
): Promise<void> {
  print(context, answer, () => sayActions(answer, flags.dryRun ?? false));
  const nothing = new UsherError(
    `nothing to change: shard ${name} ${goal.asked} already`,
    exitCodes.nothingToChange,
  );
  const mustWait = flags.wait && !flags.dryRun;
  if (!answer.changed && !mustWait) throw nothing;
  if (flags.dryRun) return;
  if (!mustWait) {
    context.stderr.write(`${goal.work} goes on by itself; look: ${context.hint(`shard show ${name}`)}\n`);
    return;
  }
  const atOnce = await waitForGoal(await openApi(context), name, goal, flags.timeout, context);
  if (!answer.changed && atOnce) throw nothing;
  if (!context.json) context.stdout.write(`shard ${name}: ${goal.reached}\n`);
}

function sayActions({ actions }: ChangeAnswer, dryRun: boolean): string {
  return actions.map((action) => `${dryRun ? 'would ' : ''}${action}\n`).join('');
}
