/** The two shards. */
export const shards = ['a', 'b'] as const;

/** One of `shards`: a Prosody at an address. */
export type Shard = (typeof shards)[number];

/** A life of a shard: `a.1`. The name of its slot; never used again. */
export type Incarnation = `${Shard}.${number}`;

/** What is said of each shard. */
export type PerShard<T> = Record<Shard, T>;

/** The shard that lives, or lived, this life. */
export function shardOf(incarnation: Incarnation): Shard {
  return incarnation.startsWith('a') ? 'a' : 'b';
}

/** The shard that is not this one. */
export function otherShard(shard: Shard): Shard {
  return shard === 'a' ? 'b' : 'a';
}
