import type { ShardRecord } from '../../haproxy/stick-table/records.ts';

/** What one round of probes found: every part of the shard well, or why not. */
export interface ProbeOutcome {
  ok: boolean;
  /** Which part, and what it answered. Empty when all is well. */
  reason: string;
}

/** What is known of a shard's health, and how sure it is. */
export interface Health {
  observed: ShardRecord['observed'];
  reason: string;
  /** How many rounds in a row said what the last one said. */
  inARow: number;
  lastOk: boolean | undefined;
}

export const unknownHealth: Health = {
  observed: 'provisioning',
  reason: 'not probed yet',
  inARow: 0,
  lastOk: undefined,
};

/**
 * Health after one more round of probes. It changes only after `rounds` rounds in a row that agree, so that one
 * lost packet neither admits nor blames a shard.
 */
export function nextHealth(before: Health, outcome: ProbeOutcome, rounds: number): Health {
  const inARow = before.lastOk === outcome.ok ? before.inARow + 1 : 1;
  const next = { ...before, inARow, lastOk: outcome.ok };
  if (outcome.ok) return inARow >= rounds ? { ...next, observed: 'ready', reason: '' } : next;
  if (before.observed === 'provisioning') return { ...next, reason: outcome.reason };
  return inARow >= rounds ? { ...next, observed: 'degraded', reason: outcome.reason } : next;
}
