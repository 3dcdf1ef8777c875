import { messageOf } from '../../common/errors.ts';
import type { Audit } from '../audit/audit.ts';
import type { Intent } from '../audit/sparing-audit.ts';
import type { ChangeAnswer } from './schema/change.ts';

/** What an operator asked for. */
export interface Command extends Omit<Intent, 'reason'> {
  /** A dry run decides nothing, and is not recorded. */
  dryRun: boolean;
}

/** Does what an operator asked for, and records who asked and what came of it. Throws what `act` throws. */
export async function recordCommand(
  audit: Audit,
  { dryRun, ...asked }: Command,
  act: () => Promise<ChangeAnswer>,
): Promise<ChangeAnswer> {
  if (dryRun) return act();
  const intent = { ...asked, reason: 'asked for' };
  try {
    const answer = await act();
    const reason = answer.actions.join('; ') || intent.reason;
    audit.record({ ...intent, reason, outcome: answer.changed ? 'ok' : 'nothing to change' });
    return answer;
  } catch (error) {
    audit.record({ ...intent, outcome: messageOf(error) });
    throw error;
  }
}
