import type { ChangeAnswer } from '../../orchestrator/api/schema/change.ts';
import { openApi } from '../api/open-api.ts';
import type { Context } from '../context.ts';
import { nothingToChange, sayChange } from '../output/say-change.ts';
import { roomArgument } from './room-argument.ts';

/** The flags of `usher room pin` and `unpin`. */
export interface PinFlags {
  readonly dryRun?: true;
}

/** Pins a room to a shard, or with `undefined` to none. */
export async function pinRoom(
  text: string,
  shard: string | undefined,
  flags: PinFlags,
  context: Context,
): Promise<void> {
  const key = roomArgument(text);
  const dryRun = flags.dryRun ?? false;
  const answer: ChangeAnswer = await (await openApi(context)).pinRoom(key, shard ?? null, dryRun);
  sayChange(answer, dryRun, context);
  if (!answer.changed) {
    throw nothingToChange(
      `room ${key} is ${shard === undefined ? 'not pinned' : `pinned to ${shard} already`}`,
    );
  }
}
