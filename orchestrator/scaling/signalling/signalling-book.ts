import type { GroupOutlook, ShardsDecision } from './decide-shards.ts';
import type { Signalling } from './signalling.ts';

/** One shard's signalling, and whether it is near its limit. */
export interface ShardSignalling extends Signalling {
  readonly isNear: boolean;
}

/** What was last decided of the shards of one region in one pool. */
export interface GroupReport {
  readonly pool: string;
  readonly region: string;
  readonly shards: readonly string[];
  /** In participants; undefined: not known. */
  readonly load: number | undefined;
  readonly outlook: GroupOutlook;
  readonly decision: ShardsDecision;
  /** The command that does what was decided, where usher does not do it itself. */
  readonly advice: string | undefined;
}

/** What the last look at the shards' signalling found; empty until this orchestrator has looked, as leader. */
export class SignallingBook {
  #shards: ReadonlyMap<string, ShardSignalling> = new Map();
  #groups: ReadonlyMap<string, GroupReport> = new Map();

  /** By name. */
  get shards(): ReadonlyMap<string, ShardSignalling> {
    return this.#shards;
  }

  /** By `pool/region`. */
  get groups(): ReadonlyMap<string, GroupReport> {
    return this.#groups;
  }

  record(shards: ReadonlyMap<string, ShardSignalling>, groups: ReadonlyMap<string, GroupReport>): void {
    this.#shards = shards;
    this.#groups = groups;
  }

  /** When this orchestrator looks no more: what it found grows old. */
  forget(): void {
    this.record(new Map(), new Map());
  }
}
