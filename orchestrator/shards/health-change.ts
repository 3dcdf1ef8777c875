import type { AuditEntry } from '../audit/audit.ts';
import type { Health, ProbeOutcome } from './health.ts';

/** What the audit says when a shard's health is not what it was. */
export function healthChange(
  shard: string,
  before: Health,
  after: Health,
  outcome: ProbeOutcome,
  now: number,
): AuditEntry {
  const lastedMs = now - after.since;
  return {
    actor: 'orchestrator',
    action: 'shard.health',
    shards: [shard],
    reason: `${before.observed} -> ${after.observed}: ${after.reason || 'all probes are well'}`,
    inputs: {
      rounds: after.inARow,
      lastedMs,
      ...(!outcome.ok && { severity: outcome.severity, probes: outcome.reason }),
    },
    outcome: 'ok',
  };
}
