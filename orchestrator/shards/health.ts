import type { ShardRecord } from '../../haproxy/stick-table/records.ts';

/** What one round of probes found: every part of the shard well, or why not. */
export interface ProbeOutcome {
  ok: boolean;
  /** `hard`: it cannot serve. `soft`: it may pass by itself, as overload does. */
  severity: 'soft' | 'hard';
  /** How the parts are without which nobody can talk: the worst of web and Prosody. */
  core: 'well' | 'soft' | 'hard';
  /** Which part, and what it answered. Empty when all is well. */
  reason: string;
}

/** Something that rounds of probes found again and again. */
interface Streak {
  since: number;
  rounds: number;
}

type Finding = 'well' | 'ill' | 'core-well' | 'core-ill' | 'core-broken';

/** What is known of a shard's health, and how sure it is. */
export interface Health {
  observed: ShardRecord['observed'];
  reason: string;
  /** What the last round found, and for how long every round has found it. */
  streaks: Readonly<Partial<Record<Finding, Streak>>>;
}

/** How slow health is to change; times in milliseconds. */
export interface Damping {
  /** Rounds in a row that must agree, for any change. */
  rounds: number;
  /** How long a ready shard must fail, hard or softly, before it gets no new rooms (Jitsi's own: 30 s, 120 s). */
  hardMs: number;
  softMs: number;
  /** How long its web or its Prosody must fail, hard or in any way, before its rooms are seated elsewhere. */
  downHardMs: number;
  downSoftMs: number;
  /** How long a shard must be well again: one that flaps stays what it was. */
  recoverMs: number;
}

/**
 * Health as another orchestrator left it in the table, or of a shard that nobody has looked at. That a shard in
 * service is down must be found anew by whoever acts on it.
 */
export function healthFrom(record: ShardRecord | undefined): Health {
  const known = record && !record.removed ? record : undefined;
  const { observed, reason } = known ?? { observed: 'provisioning', reason: 'not probed yet' };
  return { observed: observed === 'down' && known?.admitted ? 'degraded' : observed, reason, streaks: {} };
}

/** Health after one more round of probes, at `now`. Slow to change, so that one lost packet decides nothing. */
export function nextHealth(before: Health, outcome: ProbeOutcome, now: number, damping: Damping): Health {
  const streaks: Partial<Record<Finding, Streak>> = {};
  for (const finding of findingsOf(outcome)) {
    const { since, rounds } = before.streaks[finding] ?? { since: now, rounds: 0 };
    streaks[finding] = { since, rounds: rounds + 1 };
  }
  const lasted = (finding: Finding, ms: number) => {
    const streak = streaks[finding];
    return streak !== undefined && streak.rounds >= damping.rounds && now - streak.since >= ms;
  };
  const next: Health = { ...before, streaks };
  if (before.observed === 'provisioning' && !outcome.ok) return { ...next, reason: outcome.reason };
  if (lasted('core-broken', damping.downHardMs) || lasted('core-ill', damping.downSoftMs)) {
    return { ...next, observed: 'down', reason: outcome.reason };
  }
  const wasUnwell = before.observed === 'degraded' || before.observed === 'down';
  if (lasted('well', wasUnwell ? damping.recoverMs : 0)) return { ...next, observed: 'ready', reason: '' };
  const isIll = lasted('ill', outcome.severity === 'hard' ? damping.hardMs : damping.softMs);
  const isUp = before.observed !== 'down' || lasted('core-well', damping.recoverMs);
  return isIll && isUp ? { ...next, observed: 'degraded', reason: outcome.reason } : next;
}

function findingsOf({ ok, core }: ProbeOutcome): Finding[] {
  const findings: Finding[] = [ok ? 'well' : 'ill', core === 'well' ? 'core-well' : 'core-ill'];
  return core === 'hard' ? [...findings, 'core-broken'] : findings;
}
