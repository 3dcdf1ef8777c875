import { costOf } from './bridges.ts';
import type { Pod } from './objects.ts';

/** Part of the people that must have come or gone before a rank is written anew. */
const enough = 0.25;

/** A pod's new deletion cost. */
export interface Rank {
  readonly pod: Pod;
  readonly cost: number;
}

/**
 * Deletion costs by people: whoever scales down without looking ends the emptiest. A cost is written anew when its
 * bridge has become empty or is no longer, or has a quarter more or fewer people; 4,000 bridges would otherwise be
 * written at every look.
 */
export function decideRanks(pods: readonly Pod[], people: ReadonlyMap<string, number>): Rank[] {
  return pods.flatMap((pod) => {
    const now = people.get(pod.metadata.name);
    const before = costOf(pod);
    if (now === undefined || now === before) return [];
    const isNear = before > 0 && now > 0 && Math.abs(now - before) <= before * enough;
    return isNear ? [] : [{ pod, cost: now }];
  });
}
