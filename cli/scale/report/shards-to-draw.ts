import type { RecordedShard } from '../../../orchestrator/scaling/report/recorded-shard.ts';

/** On one page. Each is 50 to 70 KB. */
const mostPictures = 200;

/**
 * The shards that have pictures on a page: where all would be too much, those with the most bridge-hours.
 *
 * @param picturesEach so many of a shard
 */
export function shardsToDraw(recorded: readonly RecordedShard[], picturesEach: number): ReadonlySet<string> {
  const most = Math.max(1, Math.floor(mostPictures / picturesEach));
  const byUse = recorded
    .map(({ name, steps }) => ({ name, used: steps.reduce((sum, { bridges = 0 }) => sum + bridges, 0) }))
    .toSorted((a, b) => b.used - a.used);
  return new Set(byUse.slice(0, most).map(({ name }) => name));
}
