import { messageOf } from '../../common/errors.ts';
import { loop } from '../../common/loop.ts';
import { sleep } from '../../common/time.ts';
import { hostPort } from '../../haproxy/config/address.ts';
import { shardNameOf } from '../../haproxy/stick-table/records.ts';
import type { Control } from '../control/control.ts';
import { tenantPools } from '../fleet/tenant-changes.ts';
import { askReports } from './ask-reports.ts';
import { knownShards, readCensuses } from './ask-shards.ts';
import { mergeTable, type RebuildView } from './merge-table.ts';
import { rebuildEntry } from './rebuild-entry.ts';
import { writeTable } from './write-table.ts';

const everyMs = 250;

/**
 * Rebuilds the table whenever Redis is not the blessed one: it was restarted, emptied, or failed over. Until then
 * claims are refused and every proxy keeps its maps, so the proxies and the shards know all that there is to know.
 */
export async function runRebuild(control: Control, signal: AbortSignal): Promise<void> {
  const { rebuild } = control;
  let lostAt: number | undefined;
  await loop('rebuild', everyMs, signal, control.log, async () => {
    if (control.table.runId() === undefined) return;
    if (await control.table.isBlessed()) {
      lostAt = undefined;
      rebuild.reason = undefined;
      return;
    }
    lostAt ??= Date.now();
    if (rebuild.reason === undefined) control.log.warn({}, 'redis is not blessed: rebuilding its table');
    rebuild.reason ??= 'asks every agent for its part';
    try {
      const waiting = await attempt(control, lostAt, signal);
      if (waiting !== undefined && waiting !== rebuild.reason) control.log.warn({ waiting }, 'rebuild waits');
      rebuild.reason = waiting ?? rebuild.reason;
    } catch (error) {
      rebuild.reason = messageOf(error);
      throw error;
    }
  });
}

/** One try. Says what it waits for, or undefined when the table is whole. */
async function attempt(control: Control, lostAt: number, signal: AbortSignal): Promise<string | undefined> {
  const { table, fleet, rebuild } = control;
  const { graceMs } = fleet.timings;
  const runId = table.runId();
  if (runId === undefined) return 'Redis is out of reach';
  const { forced } = rebuild;
  const agents = fleet.proxies.map(({ name, agent }) => ({ proxy: name, http: hostPort(agent.http) }));
  const { reports, missing } = await askReports(agents, runId, signal);
  rebuild.missing = missing;
  if (missing.size > 0 && !forced) return waitsFor('the report', missing);

  // Who was routed by an entry that has since become `?` shows in a census within G, and nowhere else.
  const tombstones = reports.some(({ maps }) => [...maps.rooms.values()].includes('?'));
  if (tombstones) await sleep(graceMs, signal);
  const slotted = new Set(reports.flatMap(({ maps }) => [...maps.slots.keys()].map(shardNameOf)));
  // A leader that has just begun does not know yet who can be asked, and what operators want.
  if (slotted.size > 0 && control.shards.size === 0 && !forced) return 'waits for the overlays to be read';
  const { censuses, unread } = await readCensuses(control, slotted, signal);
  rebuild.missing = new Map([...missing, ...unread]);
  if (unread.size > 0 && !forced) return waitsFor('the census', unread);
  signal.throwIfAborted();

  const view: RebuildView = { reports, censuses, shards: knownShards(control) };
  const content = mergeTable(view);
  if (content.tenants.size === 0) content.tenants = tenantPools(fleet);
  const records = new Map(
    agents.map(({ proxy, http }) => [proxy, { proxy, http, at: Date.now(), inStep: false }]),
  );
  await writeTable(table, `rebuild-${crypto.randomUUID()}`, content, records, graceMs);
  rebuild.forced = false;
  const entry = rebuildEntry({ content, reports, missing: rebuild.missing, forced, lostAt, graceMs });
  control.audit.record(entry);
  control.log.warn({ seconds: entry.inputs.seconds, doubts: entry.inputs.doubts }, 'the table was rebuilt');
  return undefined;
}

function waitsFor(what: string, missing: ReadonlyMap<string, string>): string {
  return `waits for ${what} of ${[...missing].map(([who, reason]) => `${who}: ${reason}`).join('; ')}`;
}
