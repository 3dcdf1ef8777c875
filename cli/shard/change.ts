import type { ChangeAnswer } from '../../orchestrator/api/schema.ts';
import { openApi } from '../api/open-api.ts';
import type { Context } from '../context.ts';
import type { ChangeFlags } from '../flags.ts';
import { goals } from './goals.ts';
import { settle } from './settle.ts';

const desiredBy = { cordon: 'cordoned', uncordon: 'active', drain: 'draining' } as const;

/** A change of a shard that is there. */
export type Change = keyof typeof desiredBy | 'remove';

/** Asks the orchestrator for a change, says what is done, and waits for it with `--wait`. */
export async function changeShard(
  change: Change,
  name: string,
  flags: ChangeFlags,
  context: Context,
): Promise<void> {
  const api = await openApi(context);
  const dryRun = flags.dryRun ?? false;
  const answer: ChangeAnswer = await (change === 'remove'
    ? api.removeShard(name, dryRun)
    : api.setDesired(name, desiredBy[change], dryRun));
  await settle(name, answer, goals[change], flags, context);
}
