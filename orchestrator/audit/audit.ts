import type { Logger } from '../../common/log.ts';

/** Somebody or something that could have been chosen, and why it was or was not. */
export interface Candidate {
  name: string;
  chosen: boolean;
  reason: string;
}

/** One decision of usher, or one command of an operator. */
export interface AuditEntry {
  /** `operator <who>`, `orchestrator`, or `agent <proxy>`. */
  actor: string;
  /** What was decided, as `subject.verb`: `shard.drain`, `buckets.move`, `table.rebuild`. */
  action: string;
  /** Names of the shards and keys of the rooms that it is about, as few as tell the story. */
  shards?: readonly string[];
  rooms?: readonly string[];
  /** In plain words. */
  reason: string;
  /** What it was decided by. */
  inputs?: Readonly<Record<string, unknown>>;
  candidates?: readonly Candidate[];
  /** `ok`, or why nothing came of it. */
  outcome: string;
}

/** Where decisions are kept. Recording never fails and never waits: a decision does not depend on its record. */
export interface Audit {
  record(entry: AuditEntry): void;
}

/** What came of an attempt, as the stick table's commands and the agents answer. */
export type Attempted = { ok: true } | { ok: false; reason: string };

/** The same as an entry's `outcome`. */
export function outcomeOf(answer: Attempted): string {
  return answer.ok ? 'ok' : answer.reason;
}

/** Writes entries to the log alone. */
export function logAudit(log: Logger): Audit {
  return { record: (entry) => log.info({ audit: entry }, 'decision') };
}
