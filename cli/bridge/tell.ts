import { openApi } from '../api/open-api.ts';
import type { Context } from '../context.ts';
import { confirm } from '../output/confirm.ts';
import { nothingToChange, sayChange } from '../output/say-change.ts';

/** The flags of `usher bridge drain`, `undrain` and `remove`. */
export interface BridgeFlags {
  readonly dryRun?: true;
  readonly force?: true;
  readonly yes?: true;
}

const words = { drain: 'drained', undrain: 'open', remove: 'removed' } as const;

/** Says what an operator wants of a bridge; the orchestrator does it. */
export async function tellBridge(
  verb: keyof typeof words,
  name: string,
  flags: BridgeFlags,
  context: Context,
): Promise<void> {
  const { force = false, yes = false } = flags;
  const dryRun = flags.dryRun ?? false;
  const api = await openApi(context);
  const word = force ? 'cut' : words[verb];
  if (force && !dryRun && !yes) {
    const { changed, actions } = await api.tellBridge(name, word, true);
    if (changed) await confirm(actions, context);
  }
  const answer = await api.tellBridge(name, word, dryRun);
  sayChange(answer, dryRun, context);
  if (!answer.changed) throw nothingToChange(`bridge ${name} is ${word}, or about to be`);
  if (!dryRun) context.stderr.write(`it goes on by itself; look: ${context.hint('bridge list')}\n`);
}
