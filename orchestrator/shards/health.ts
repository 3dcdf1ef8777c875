import type { ShardRecord } from '../../haproxy/stick-table/records.ts';

/** What one round of probes found: every part of the shard well, or why not. */
export interface ProbeOutcome {
  ok: boolean;
  /** `hard`: it cannot serve. `soft`: it may pass by itself, as overload does. */
  severity: 'soft' | 'hard';
  /** Which part, and what it answered. Empty when all is well. */
  reason: string;
}

/** What is known of a shard's health, and how sure it is. */
export interface Health {
  observed: ShardRecord['observed'];
  reason: string;
  /** How many rounds in a row said what the last one said, and since when. */
  inARow: number;
  since: number;
  lastOk: boolean | undefined;
}

/** How slow health is to change; times in milliseconds. */
export interface Damping {
  /** Rounds in a row that must agree, for any change. */
  rounds: number;
  /** How long a ready shard must fail, hard or softly, before it gets no new rooms (Jitsi's own: 30 s, 120 s). */
  hardMs: number;
  softMs: number;
  /** How long a degraded shard must be well again: one that flaps stays degraded. */
  recoverMs: number;
}

/** Health as another orchestrator left it in the table, or of a shard that nobody has looked at. */
export function healthFrom(record: ShardRecord | undefined, now: number): Health {
  const known = record && !record.removed ? record : undefined;
  const { observed, reason } = known ?? { observed: 'provisioning', reason: 'not probed yet' };
  return { observed, reason, inARow: 0, since: now, lastOk: undefined };
}

/** Health after one more round of probes, at `now`. Slow to change, so that one lost packet decides nothing. */
export function nextHealth(before: Health, outcome: ProbeOutcome, now: number, damping: Damping): Health {
  const again = before.lastOk === outcome.ok;
  const inARow = again ? before.inARow + 1 : 1;
  const since = again ? before.since : now;
  const next: Health = { ...before, inARow, since, lastOk: outcome.ok };
  if (before.observed === 'provisioning' && !outcome.ok) return { ...next, reason: outcome.reason };
  if (inARow < damping.rounds) return next;
  const lastedMs = now - since;
  if (outcome.ok) {
    const isLongEnough = before.observed !== 'degraded' || lastedMs >= damping.recoverMs;
    return isLongEnough ? { ...next, observed: 'ready', reason: '' } : next;
  }
  const patienceMs = outcome.severity === 'hard' ? damping.hardMs : damping.softMs;
  return lastedMs >= patienceMs ? { ...next, observed: 'degraded', reason: outcome.reason } : next;
}
