import type { GroupSignalling } from '../../orchestrator/api/schema/signalling.ts';

/** What operators should know of the number of shards, a line each; nothing where all is as it should be. */
export function describeSignalling(groups: readonly GroupSignalling[]): string[] {
  return groups
    .filter(({ advice, short }) => advice !== null || short)
    .map(({ pool, region, reason, figures, advice }) => {
      const group = pool === 'main' ? region : `${region} in pool ${pool}`;
      const figured = figures === '' ? '' : ` (${figures})`;
      return `${group}: ${reason}${figured}${advice === null ? '' : `: \`${advice}\``}`;
    });
}
