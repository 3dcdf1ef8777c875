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
  const lasted = Object.entries(after.streaks).map(([finding, { since, rounds }]) => {
    return [finding, { rounds, lastedMs: now - since }];
  });
  return {
    actor: 'orchestrator',
    action: 'shard.health',
    shards: [shard],
    reason: `${before.observed} -> ${after.observed}: ${after.reason || 'all probes are well'}`,
    inputs: {
      lasted: Object.fromEntries(lasted),
      ...(!outcome.ok && { severity: outcome.severity, probes: outcome.reason }),
    },
    outcome: 'ok',
  };
}
