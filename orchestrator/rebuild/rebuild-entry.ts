import type { TableReport } from '../../haproxy/agent/table-report.ts';
import { incarnationOf } from '../../haproxy/stick-table/records.ts';
import type { AuditEntry } from '../audit/audit.ts';
import type { RebuiltTable } from './merge-table.ts';

/** A rebuild that was carried out. */
export interface Rebuild {
  content: RebuiltTable;
  reports: readonly TableReport[];
  /** Who was not asked, since an operator said so, and why. */
  missing: ReadonlyMap<string, string>;
  forced: boolean;
  /** When the loss was seen, in milliseconds since the epoch. */
  lostAt: number;
  graceMs: number;
}

/** What the audit says of a rebuild: how much there was, how long it took, and what it is not sure of. */
export function rebuildEntry(rebuild: Rebuild, now = Date.now()) {
  const { content, reports, missing, forced, lostAt, graceMs } = rebuild;
  const young = reports.filter(({ uptimeMs }) => uptimeMs < graceMs + now - lostAt);
  return {
    actor: 'orchestrator',
    action: 'table.rebuild',
    shards: [...content.shards.values()].filter(({ admitted }) => admitted).map(incarnationOf),
    reason: 'Redis was restarted, emptied or failed over: what it held is not to be trusted',
    inputs: {
      rooms: content.rooms.size,
      live: [...content.rooms.values()].filter(({ state }) => state === 'live').length,
      buckets: content.preferences.size,
      proxies: reports.map(({ proxy }) => proxy),
      seconds: (now - lostAt) / 1_000,
      forced,
      doubts: [
        ...content.doubts,
        ...[...missing].map(([who, reason]) => `${who} was not asked: ${reason}`),
        ...young.map(({ proxy }) => `the agent of ${proxy} started too lately to know all of its answers`),
      ],
    },
    outcome: 'ok',
  } satisfies AuditEntry;
}
