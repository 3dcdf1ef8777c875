import type { ChangeAnswer } from '../../orchestrator/api/schema/change.ts';
import { openApi } from '../api/open-api.ts';
import type { Context } from '../context.ts';
import type { ChangeFlags } from '../flags.ts';
import { nothingToChange, sayChange } from '../output/say-change.ts';
import type { Goal } from './goals.ts';
import { waitForGoal } from './wait-for-goal.ts';

/** How a change goes on, where not by the orchestrator alone. */
export interface Course {
  /** What the operator does next, when nobody waits. */
  readonly next?: string | undefined;
  /** More about the progress than the API knows. */
  readonly also?: (() => Promise<string>) | undefined;
}

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
  { next, also }: Course = {},
): Promise<void> {
  const dryRun = flags.dryRun ?? false;
  sayChange(answer, dryRun, context);
  const already = nothingToChange(`shard ${name} ${goal.asked} already`);
  if (dryRun || !flags.wait) {
    if (!answer.changed) throw already;
    const look = context.hint(`shard show ${name}`);
    if (!dryRun) context.stderr.write(`${next ?? `${goal.work} goes on by itself`}; look: ${look}\n`);
    return;
  }
  const atOnce = await waitForGoal(await openApi(context), name, goal, flags.timeout, context, also);
  if (atOnce && !answer.changed) throw already;
  if (!context.json) context.stdout.write(`shard ${name}: ${goal.reached}\n`);
}
