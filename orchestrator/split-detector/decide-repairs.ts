import type { ConfirmedSplit } from './split.ts';

/** What the repairs depend on. */
export interface RepairView {
  splits: readonly ConfirmedSplit[];
  /** `pool/bucket` of a room. */
  bucketOf(room: string): string;
  /** `pool/bucket` -> the shard that it prefers, by name and by incarnation. */
  preferred(bucket: string): { name: string; incarnation: string } | undefined;
  /** Is any bucket on the move? */
  moving: boolean;
}

/** What is done about splits, and why. Nobody is moved by any of it. */
export type Repair =
  | { do: 'adopt'; rooms: { room: string; bucket: string; shard: string }[]; reason: string }
  | { do: 'hold'; targets: Map<string, string>; reason: string }
  | { do: 'repair-proxy'; proxy: string; rooms: string[]; reason: string };

/** Repairs of what can be repaired without moving people: a shard split never can. */
export function decideRepairs(view: RepairView): Repair[] {
  const adopt: (Repair & { do: 'adopt' })['rooms'] = [];
  const targets = new Map<string, string>();
  const held: string[] = [];
  const proxies = new Map<string, string[]>();
  for (const split of view.splits) {
    if (split.kind === 'missing' && tableSays(split) === null) {
      const shard = split.evidence.find(({ where }) => where === 'census')?.shard;
      const bucket = view.bucketOf(split.room);
      const preferred = view.preferred(bucket);
      if (shard && preferred?.incarnation === shard) adopt.push({ room: split.room, bucket, shard });
      else if (shard && preferred && !view.moving) {
        targets.set(bucket, preferred.name);
        held.push(split.room);
      }
    }
    for (const proxy of proxiesThatDiffer(split)) {
      proxies.set(proxy, [...(proxies.get(proxy) ?? []), split.room]);
    }
  }
  const repairs: Repair[] = [];
  if (adopt.length > 0) {
    repairs.push({
      do: 'adopt',
      rooms: adopt,
      reason: 'live where their buckets lead, and not in the table',
    });
  }
  if (targets.size > 0) {
    // Elsewhere than its bucket prefers, a census may be older than a claim; one that covers a hold is not.
    const reason = `${held.slice(0, 10).join(', ')}: live elsewhere than their buckets lead; a hold lets the census seat them there`;
    repairs.push({ do: 'hold', targets, reason });
  }
  for (const [proxy, rooms] of proxies) {
    repairs.push({
      do: 'repair-proxy',
      proxy,
      rooms,
      reason: 'its HAProxy does not hold what the table says',
    });
  }
  return repairs;
}

function tableSays({ evidence }: ConfirmedSplit): string | null {
  return evidence.find(({ where }) => where === 'table')?.shard ?? null;
}

function proxiesThatDiffer(split: ConfirmedSplit): string[] {
  const expected = tableSays(split);
  return split.evidence.flatMap(({ where, shard }) =>
    where !== 'table' && where !== 'census' && shard !== expected ? where : [],
  );
}
