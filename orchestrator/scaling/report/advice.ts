/** One thing that an operator could set otherwise. */
export interface Advice {
  readonly about:
    | 'min'
    | 'max'
    | 'bridge-mbps'
    | 'mbps-per-participant'
    | 'idle-shard'
    | 'idle-region'
    | 'policy';
  /** The shards that it is about. */
  readonly shards: readonly string[];
  /** What was found, and what follows from it. */
  readonly reason: string;
  /** Bridge-hours a week; negative where it costs some. Those of several advices overlap. */
  readonly savedBridgeHours: number;
  /** People are not served well as it is. */
  readonly isUrgent: boolean;
  /** The commands of usher that do it. */
  readonly commands: readonly string[];
}

/** Bridge-hours a week below which nothing is worth an advice. */
export const worthBridgeHours = 2;

/** What serves people badly first, then by what it saves. */
export function byWorth(a: Advice, b: Advice): number {
  return Number(b.isUrgent) - Number(a.isUrgent) || b.savedBridgeHours - a.savedBridgeHours;
}
