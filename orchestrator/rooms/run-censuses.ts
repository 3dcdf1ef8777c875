import { loop } from '../../common/loop.ts';
import { bucketOf, tenantOf } from '../../haproxy/room-key/room-key.ts';
import type { StickTableMirror } from '../../haproxy/stick-table/mirror.ts';
import { incarnationOf, isPresentLife } from '../../haproxy/stick-table/records.ts';
import { SparingAudit } from '../audit/sparing-audit.ts';
import { type Control, operationId } from '../control/control.ts';
import { isKept } from '../pins/decide-pins.ts';
import { isTakenOut } from '../shards/taken-out.ts';
import type { CensusReading } from './census.ts';
import { adoption, split } from './census-findings.ts';
import { censusSource } from './census-source.ts';
import { decideRooms } from './decide-rooms.ts';
import { readRooms } from './read-rooms.ts';

/** Rooms in one batch of retirement, and entries in one command: Redis must not be held up by one script. */
const batch = 1_000;

/** Batches of retirement under way: a silent agent delays them all, and they must not pile up. */
const maxBatches = 16;

/** The census of a shard of which nothing runs any more. */
const nobody = { ok: true, rooms: new Map<string, number>(), createdAt: undefined } as const;

/** Reads every shard's census again and again, and lets rooms live and end by what they say. */
export async function runCensuses(control: Control, signal: AbortSignal): Promise<void> {
  const { censusEveryMs, censusesToEnd } = control.fleet.timings;
  let absences: ReadonlyMap<string, number> = new Map();
  const audit = new SparingAudit(control.audit);
  await loop('census', censusEveryMs, signal, control.log, async () => {
    const mirror = control.mirror();
    if (!mirror) return;
    const fresh = await readAll(control, mirror, signal);
    if (signal.aborted) return;
    const decision = decideRooms({
      rooms: mirror.rooms,
      fresh,
      absences,
      isKept: (room) => isKept(control.pins, mirror, room),
      isOver: (incarnation) => !isPresentLife(mirror.shards, incarnation),
      lingerAfter: censusesToEnd,
    });
    absences = decision.absences;
    for (const part of parts([...decision.observe])) await control.table.observe(new Map(part));
    const unknown = [...decision.unknown].map(([room, shard]) => ({
      room,
      bucket: bucketKey(mirror, room),
      shard,
    }));
    for (const part of parts(unknown)) {
      const answer = await control.table.adopt(part);
      if (answer.ok && Number(answer.values[0]) > 0) control.audit.record(adoption(part, answer.values[0]));
    }
    audit.keepOnly((room) => decision.elsewhere.has(room));
    for (const part of parts(decision.collect)) await control.table.collect(part);
    for (const [room, shard] of decision.elsewhere) {
      audit.record(room, split(room, mirror.rooms.get(room)?.shard ?? '', shard));
      control.log.warn({ room, shard, placed: mirror.rooms.get(room)?.shard }, 'room shown by another shard');
    }
    const batches = [...mirror.operations.values()].filter((phase) => phase === 'tombstone').length;
    if (decision.retire.length > 0 && batches < maxBatches) {
      await control.table.retire(operationId('retire'), decision.retire.slice(0, batch));
    }
  });
}

/** `pool/bucket` of a room. */
export function bucketKey(mirror: StickTableMirror, room: string): string {
  return `${mirror.tenants.get(tenantOf(room)) ?? 'main'}/${bucketOf(room)}`;
}

/**
 * The censuses of shards in service that could be read in this round, by incarnation. The book keeps those of shards
 * that are out too: what they show are people of whom they have not noticed yet that they were cut.
 */
async function readAll(
  control: Control,
  mirror: StickTableMirror,
  signal: AbortSignal,
): Promise<Map<string, CensusReading>> {
  const fresh = new Map<string, CensusReading>();
  const living = [...mirror.shards.values()].filter((shard) => !shard.removed);
  const existing = living.some(isTakenOut) ? await control.driver.list(signal) : [];
  await Promise.all(
    living.map(async (shard) => {
      const source = censusSource(shard, control.shards.get(shard.name)?.endpoints, existing);
      if (source === undefined) return;
      const begunAt = Date.now();
      const census = source === 'gone' ? nobody : await readRooms(source, signal);
      if (!census.ok) {
        control.log.debug({ shard: shard.name, reason: census.reason }, 'census failed');
        return;
      }
      const reading = { begunAt, rooms: census.rooms };
      if (shard.admitted) fresh.set(incarnationOf(shard), reading);
      control.censuses.record(incarnationOf(shard), reading);
      if (census.createdAt)
        control.lifetimes.record(incarnationOf(shard), { at: begunAt, rooms: census.createdAt });
    }),
  );
  const present = new Set(living.map(incarnationOf));
  control.censuses.keepOnly(present);
  control.lifetimes.keepOnly(present);
  return fresh;
}

function* parts<T>(items: readonly T[]): Generator<T[]> {
  for (let start = 0; start < items.length; start += batch) yield items.slice(start, start + batch);
}
