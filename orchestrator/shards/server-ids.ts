import type { ShardRecord } from '../../haproxy/stick-table/records.ts';

/**
 * HAProxy server ids for shards that have no record yet. All shards of a new fleet want one at the same moment, and the
 * table takes each id once: without a look at what the others chose, they would be recorded one a round.
 */
export class ServerIds {
  readonly #chosen = new Map<string, number>();

  /** The id for a shard's first record: above all that shards have or had, and nobody else's choice. */
  choose(shard: string, records: Iterable<Pick<ShardRecord, 'serverId'>>): number {
    const known = new Set([...records].map(({ serverId }) => serverId));
    const before = this.#chosen.get(shard);
    if (before !== undefined && !known.has(before)) return before;
    const chosen = Math.max(0, ...known, ...this.#chosen.values()) + 1;
    this.#chosen.set(shard, chosen);
    return chosen;
  }
}
