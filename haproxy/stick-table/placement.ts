const states = ['claimed', 'live', 'lingering', 'retiring'] as const;

/**
 * claimed: seated, its participants may not have joined yet. live: a census shows it. lingering: censuses no
 * longer show it. retiring: marked `?` on every proxy, about to be deleted.
 */
export type PlacementState = (typeof states)[number];

/** Where a room sits. In Redis: `<incarnation> <state> <seated at> [<deadline> | <operation>]`. */
export interface Placement {
  /** `eu-1.7` */
  shard: string;
  state: PlacementState;
  /** Milliseconds since the epoch. */
  seatedAt: number;
  /** Of a retiring room: the operation that retires it. */
  operation?: string;
}

/** Reads a value of the `rooms` hash; undefined when it is none. */
export function parsePlacement(value: string): Placement | undefined {
  const [shard, word, seatedAt, extra] = value.split(' ');
  const state = states.find((known) => known === word);
  if (!shard || !state || !seatedAt) return undefined;
  const placement: Placement = { shard, state, seatedAt: Number(seatedAt) };
  return state === 'retiring' && extra ? { ...placement, operation: extra } : placement;
}
