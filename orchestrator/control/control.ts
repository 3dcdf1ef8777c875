import type { Logger } from '../../common/log.ts';
import type { StickTableMirror } from '../../haproxy/stick-table/mirror.ts';
import type { StickTable } from '../../haproxy/stick-table/stick-table.ts';
import type { ShardDriver } from '../../shards/driver.ts';
import type { Audit } from '../audit/audit.ts';
import type { Fleet } from '../fleet/schema.ts';
import type { RebuildState } from '../rebuild/rebuild-state.ts';
import type { CensusBook } from '../rooms/census-book.ts';
import type { WatchedShard } from '../shards/watched-shard.ts';

/** What the control loops share. Everything that must outlive this process is in the table or with the driver. */
export interface Control {
  readonly fleet: Fleet;
  /** The fleet's folder: fleet.yaml and the shards' overlays. */
  readonly folder: string;
  readonly table: StickTable;
  readonly driver: ShardDriver;
  readonly censuses: CensusBook;
  /** By shard name. */
  readonly shards: Map<string, WatchedShard>;
  readonly audit: Audit;
  readonly rebuild: RebuildState;
  /** Room key -> shard name: where operators want rooms, as the fleet's folder last said. */
  pins: ReadonlyMap<string, string>;
  readonly log: Logger;
  /** The stick table as the feed tells it; undefined until it was read. */
  mirror(): StickTableMirror | undefined;
}

/** A new operation's id: unique, and in the order in which operations began. */
export function operationId(kind: 'move' | 'retire' | 'take-out', now = Date.now()): string {
  return `${kind}-${now.toString(36)}-${crypto.randomUUID().slice(0, 8)}`;
}
