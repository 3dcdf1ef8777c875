import { messageOf } from '../../common/errors.ts';
import { loop } from '../../common/loop.ts';
import { sleep } from '../../common/time.ts';
import { hostPort } from '../../haproxy/config/address.ts';
import { incarnationOf, shardNameOf } from '../../haproxy/stick-table/records.ts';
import type { Control } from '../control/control.ts';
import { tenantPools } from '../fleet/tenant-changes.ts';
import { readRooms } from '../rooms/read-rooms.ts';
import { askReports } from './ask-reports.ts';
import type { KnownShard } from './merge-shards.ts';
import { mergeTable, type RebuildView } from './merge-table.ts';
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
  const runId = table.runId();
  if (runId === undefined) return 'Redis is out of reach';
  const { forced } = rebuild;
  const agents = fleet.proxies.map(({ name, agent }) => ({ proxy: name, http: hostPort(agent.http) }));
  const { reports, missing } = await askReports(agents, runId, signal);
  rebuild.missing = missing;
  if (missing.size > 0 && !forced) return waitsFor('the report', missing);

  // Who was routed by an entry that has since become `?` shows in a census within G, and nowhere else.
  const tombstones = reports.some(({ maps }) => [...maps.rooms.values()].includes('?'));
  if (tombstones) await sleep(fleet.timings.graceMs, signal);
  const slotted = new Set(reports.flatMap(({ maps }) => [...maps.slots.keys()].map(shardNameOf)));
  const { censuses, unread } = await readCensuses(control, slotted, signal);
  rebuild.missing = new Map([...missing, ...unread]);
  if (unread.size > 0 && !forced) return waitsFor('the census', unread);
  signal.throwIfAborted();

  const view: RebuildView = { reports, censuses, shards: knownShards(control) };
  const content = mergeTable(view);
  if (content.tenants.size === 0) content.tenants = tenantPools(fleet);
  const young = reports.filter(({ uptimeMs }) => uptimeMs < fleet.timings.graceMs + Date.now() - lostAt);
  const doubts = [
    ...content.doubts,
    ...[...rebuild.missing].map(([who, reason]) => `${who} was not asked: ${reason}`),
    ...young.map(({ proxy }) => `the agent of ${proxy} started too lately to know all of its answers`),
  ];
  const records = new Map(
    agents.map(({ proxy, http }) => [proxy, { proxy, http, at: Date.now(), inStep: false }]),
  );
  await writeTable(table, `rebuild-${crypto.randomUUID()}`, content, records, fleet.timings.graceMs);
  rebuild.forced = false;
  control.audit.record({
    actor: 'orchestrator',
    action: 'table.rebuild',
    shards: [...content.shards.values()].filter(({ admitted }) => admitted).map(incarnationOf),
    reason: 'Redis was restarted, emptied or failed over: what it held is not to be trusted',
    inputs: {
      rooms: content.rooms.size,
      live: [...content.rooms.values()].filter(({ state }) => state === 'live').length,
      buckets: content.preferences.size,
      proxies: reports.map(({ proxy }) => proxy),
      seconds: (Date.now() - lostAt) / 1_000,
      forced,
      doubts,
    },
    outcome: 'ok',
  });
  if (doubts.length > 0) control.log.warn({ doubts }, 'the table was rebuilt, with doubts');
  return undefined;
}

/** The censuses of the shards that proxies serve; one without an overlay cannot be asked, its rooms stay by the maps. */
async function readCensuses(control: Control, names: ReadonlySet<string>, signal: AbortSignal) {
  const censuses = new Map<string, Map<string, number>>();
  const unread = new Map<string, string>();
  const read = [...names].map(async (name) => {
    const watched = control.shards.get(name);
    if (!watched) return;
    if (!watched.endpoints) {
      unread.set(`shard ${name}`, 'it has not been found yet');
      return;
    }
    const census = await readRooms(watched.endpoints, signal);
    if (census.ok) censuses.set(name, census.rooms);
    else unread.set(`shard ${name}`, census.reason);
  });
  await Promise.all(read);
  return { censuses, unread };
}

function waitsFor(what: string, missing: ReadonlyMap<string, string>): string {
  return `waits for ${what} of ${[...missing].map(([who, reason]) => `${who}: ${reason}`).join('; ')}`;
}

function knownShards(control: Control): KnownShard[] {
  return [...control.shards.values()].flatMap(({ spec, endpoints, health }) => {
    if (!endpoints) return [];
    const { hostname, port } = new URL(endpoints.web);
    return [{ spec, address: { host: hostname, port: Number(port) }, health }];
  });
}
