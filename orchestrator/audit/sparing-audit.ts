import { messageOf } from '../../common/errors.ts';
import { type Attempted, type Audit, type AuditEntry, outcomeOf } from './audit.ts';

/** An entry whose outcome is still to come. */
export type Intent = Omit<AuditEntry, 'outcome'>;

/**
 * The audit for loops that decide again and again: what was done is always recorded; what waits or fails once,
 * until it waits or fails for another reason. What it is about is told by a key.
 */
export class SparingAudit {
  readonly #audit: Audit;
  readonly #last = new Map<string, string>();

  constructor(audit: Audit) {
    this.#audit = audit;
  }

  record(key: string, entry: AuditEntry): void {
    const { action, reason, outcome } = entry;
    const now = `${action}: ${reason}: ${outcome}`;
    if (outcome !== 'ok' && this.#last.get(key) === now) return;
    this.#audit.record(entry);
    if (outcome === 'ok') this.#last.delete(key);
    else this.#last.set(key, now);
  }

  /** Does what was decided, and records it with what came of it. Throws what `act` throws. */
  async attempt(key: string, intent: Intent, act: () => Promise<Attempted>): Promise<void> {
    try {
      const answer = await act();
      this.record(key, { ...intent, outcome: outcomeOf(answer) });
    } catch (error) {
      this.record(key, { ...intent, outcome: messageOf(error) });
      throw error;
    }
  }

  /** Forgets what is not about these any more: should it come back, it is recorded again. */
  keepOnly(wanted: (key: string) => boolean): void {
    for (const key of this.#last.keys()) if (!wanted(key)) this.#last.delete(key);
  }
}
