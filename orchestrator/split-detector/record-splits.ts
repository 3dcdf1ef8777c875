import type { Control } from '../control/control.ts';
import { identity } from './confirm-splits.ts';
import type { Repair } from './decide-repairs.ts';
import { adviseSplit, describeSplit } from './describe-split.ts';
import { type ConfirmedSplit, splitKinds } from './split.ts';

/** Rooms named in one entry. */
const named = 20;

/** Records what was not there at the look before, one entry a kind, and what is gone. A shard split is an error. */
export function recordFound(
  control: Pick<Control, 'audit' | 'log'>,
  before: readonly ConfirmedSplit[],
  now: readonly ConfirmedSplit[],
): void {
  for (const kind of splitKinds) {
    const appeared = only(now, kind, before);
    const gone = only(before, kind, now);
    const [first] = appeared;
    if (first) {
      const rooms = appeared.slice(0, named).map(({ room }) => room);
      const about = { kind, count: appeared.length, first: describeSplit(first), doThis: adviseSplit(first) };
      if (kind === 'shard-split') control.log.error({ ...about, rooms }, 'rooms are split over shards');
      else control.log.warn({ ...about, rooms }, 'table, proxies and censuses do not agree');
      control.audit.record({
        actor: 'orchestrator',
        action: 'split.find',
        rooms,
        shards: shardsOf(appeared),
        reason: describeSplit(first),
        inputs: { kind, count: appeared.length },
        outcome: adviseSplit(first),
      });
    }
    if (gone.length === 0) continue;
    control.audit.record({
      actor: 'orchestrator',
      action: 'split.end',
      rooms: gone.slice(0, named).map(({ room }) => room),
      reason: `table, proxies and censuses agree again (${kind})`,
      inputs: { kind, count: gone.length },
      outcome: 'ok',
    });
  }
}

/** Records what was done about splits. */
export function recordRepair(control: Pick<Control, 'audit' | 'log'>, repair: Repair, outcome: string): void {
  const { reason } = repair;
  control.log.info({ repair: repair.do, reason, outcome }, 'split repair');
  control.audit.record({
    actor: 'orchestrator',
    action: 'split.repair',
    reason,
    outcome,
    ...aboutRepair(repair),
  });
}

function aboutRepair(repair: Repair) {
  switch (repair.do) {
    case 'adopt': {
      const rooms = repair.rooms.slice(0, named).map(({ room }) => room);
      return { rooms, inputs: { do: repair.do, count: repair.rooms.length } };
    }
    case 'hold':
      return { inputs: { do: repair.do, buckets: [...repair.targets.keys()].slice(0, named) } };
    case 'repair-proxy':
      return { rooms: repair.rooms.slice(0, named), inputs: { do: repair.do, proxy: repair.proxy } };
    default:
      return repair satisfies never;
  }
}

function only(
  some: readonly ConfirmedSplit[],
  kind: ConfirmedSplit['kind'],
  without: readonly ConfirmedSplit[],
): ConfirmedSplit[] {
  const known = new Set(without.map(identity));
  return some.filter((split) => split.kind === kind && !known.has(identity(split)));
}

function shardsOf(splits: readonly ConfirmedSplit[]): string[] {
  const all = splits.flatMap(({ evidence }) => evidence.flatMap(({ shard }) => shard ?? []));
  return [...new Set(all)].filter((shard) => shard !== '?').slice(0, named);
}
