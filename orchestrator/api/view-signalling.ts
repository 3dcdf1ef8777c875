import type { Control } from '../control/control.ts';
import type { GroupSignalling, ShardSignallingStatus } from './schema/signalling.ts';

/** A shard's signalling as of the last look; null when it was not looked at yet. */
export function viewSignalling(
  { signalling }: Pick<Control, 'signalling'>,
  name: string,
): ShardSignallingStatus | null {
  const found = signalling.shards.get(name);
  if (!found) return null;
  return {
    participants: found.participants ?? null,
    maxParticipants: found.limits.participants,
    websockets: found.websockets ?? null,
    maxWebsockets: found.limits.websockets,
    ratio: found.ratio ?? null,
    near: found.isNear,
  };
}

/** What was last decided of the shards of each region in each pool. */
export function viewGroups({ signalling }: Pick<Control, 'signalling'>): GroupSignalling[] {
  return [...signalling.groups.values()].map(({ pool, region, shards, load, outlook, decision, advice }) => ({
    ...{ pool, region, shards: [...shards] },
    participants: load ?? null,
    withinHour: outlook.withinHour ?? null,
    weekHighest: outlook.weekHighest ?? null,
    do: decision.do,
    reason: decision.reason,
    figures: decision.figures,
    short: decision.isShort,
    advice: advice ?? null,
  }));
}
