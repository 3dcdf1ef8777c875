import type { Logger } from '../../common/log.ts';
import type { StickTableMirror } from '../../haproxy/stick-table/mirror.ts';
import type { StickTable } from '../../haproxy/stick-table/stick-table.ts';
import type { ShardDriver, ShardEndpoints } from '../../shards/driver.ts';
import type { ShardSpec } from '../../shards/spec/schema.ts';
import type { Fleet } from '../fleet/schema.ts';
import type { CensusBook } from '../rooms/census-book.ts';
import type { Health } from '../shards/health.ts';

/** One shard as the orchestrator knows it, beyond what stands in the table. */
export interface WatchedShard {
  spec: ShardSpec;
  endpoints: ShardEndpoints | undefined;
  health: Health;
  /** What its bridges can still take, in bits per second; undefined while they have not said. */
  headroomBitsPerSecond: number | undefined;
}

/** What the control loops share. Everything that must outlive this process is in the table or with the driver. */
export interface Control {
  readonly fleet: Fleet;
  readonly table: StickTable;
  readonly driver: ShardDriver;
  readonly censuses: CensusBook;
  /** By shard name. */
  readonly shards: Map<string, WatchedShard>;
  readonly log: Logger;
  /** The stick table as the feed tells it; undefined until it was read. */
  mirror(): StickTableMirror | undefined;
}
