import { loop } from '../../common/loop.ts';
import { bucketOf, tenantOf } from '../../haproxy/room-key/room-key.ts';
import type { StickTableMirror } from '../../haproxy/stick-table/mirror.ts';
import { incarnationOf } from '../../haproxy/stick-table/records.ts';
import { type Control, operationId } from '../control/control.ts';
import { isKept } from '../pins/decide-pins.ts';
import type { CensusReading } from './census.ts';
import { decideRooms } from './decide-rooms.ts';
import { readRooms } from './read-rooms.ts';

/** Rooms in one batch of retirement, and entries in one command: Redis must not be held up by one script. */
const batch = 1_000;

/** Batches of retirement under way: a silent agent delays them all, and they must not pile up. */
const maxBatches = 16;

/** Reads every shard's census again and again, and lets rooms live and end by what they say. */
export async function runCensuses(control: Control, signal: AbortSignal): Promise<void> {
  const { censusEveryMs, censusesToEnd } = control.fleet.timings;
  let absences: ReadonlyMap<string, number> = new Map();
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
      lingerAfter: censusesToEnd,
    });
    absences = decision.absences;
    for (const part of parts([...decision.observe])) await control.table.observe(new Map(part));
    const unknown = [...decision.unknown].map(([room, shard]) => ({
      room,
      bucket: bucketKey(mirror, room),
      shard,
    }));
    for (const part of parts(unknown)) await control.table.adopt(part);
    for (const [room, shard] of decision.elsewhere) {
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

/** The censuses that could be read in this round, by incarnation; they are kept in the book too. */
async function readAll(
  control: Control,
  mirror: StickTableMirror,
  signal: AbortSignal,
): Promise<Map<string, CensusReading>> {
  const fresh = new Map<string, CensusReading>();
  const living = [...mirror.shards.values()].filter((shard) => !shard.removed);
  await Promise.all(
    living.map(async (shard) => {
      const endpoints = control.shards.get(shard.name)?.endpoints;
      if (!endpoints) return;
      const begunAt = Date.now();
      const census = await readRooms(endpoints, signal);
      if (!census.ok) {
        control.log.debug({ shard: shard.name, reason: census.reason }, 'census failed');
        return;
      }
      const reading = { begunAt, rooms: census.rooms };
      fresh.set(incarnationOf(shard), reading);
      control.censuses.record(incarnationOf(shard), reading);
    }),
  );
  control.censuses.keepOnly(new Set(living.map(incarnationOf)));
  return fresh;
}

function* parts<T>(items: readonly T[]): Generator<T[]> {
  for (let start = 0; start < items.length; start += batch) yield items.slice(start, start + batch);
}
