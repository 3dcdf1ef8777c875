import type { Gate } from '../../common/gate.ts';
import type { Logger } from '../../common/log.ts';
import type { Address } from '../../haproxy/config/address.ts';
import type { StickTableMirror } from '../../haproxy/stick-table/mirror.ts';
import type { StickTable } from '../../haproxy/stick-table/stick-table.ts';
import type { ShardDriver } from '../../shards/driver.ts';
import type { Wishes } from '../../shards/overlay/wishes.ts';
import type { FleetEventSink, ShardStatusSink } from '../../shards/status-sink.ts';
import type { Audit } from '../audit/audit.ts';
import type { Fleet } from '../fleet/schema.ts';
import type { Election } from '../leader/election.ts';
import type { RebuildState } from '../rebuild/rebuild-state.ts';
import type { CensusBook } from '../rooms/census-book.ts';
import type { Scalers } from '../scaling/control/scalers.ts';
import type { LifetimeBook } from '../scaling/lifetimes/lifetime-book.ts';
import type { LoadHistory } from '../scaling/load-history/load-history.ts';

import type { RulesBook } from '../scaling/rules/rules-book.ts';

import type { SignallingBook } from '../scaling/signalling/signalling-book.ts';

import type { ServerIds } from '../shards/server-ids.ts';
import type { WatchedShard } from '../shards/watched-shard.ts';
import type { SplitBook } from '../split-detector/split-book.ts';

/** What the control loops share. Everything that must outlive this process is in the table or with the driver. */
export interface Control {
  readonly fleet: Fleet;
  /** Where this orchestrator's own API listens. */
  readonly api: Address;
  /** What operators want of the shards. */
  readonly wishes: Wishes;
  readonly table: StickTable;
  readonly driver: ShardDriver;
  /** Where the platform shows how shards are, if it has a place for that. */
  readonly status?: ShardStatusSink;
  /** Where it shows what concerns the whole fleet, likewise. */
  readonly events?: FleetEventSink;
  /** For shards that the table does not know yet. */
  readonly serverIds: ServerIds;
  readonly censuses: CensusBook;
  /** What the shards carried. */
  readonly loads: LoadHistory;
  /** How long meetings last. */
  readonly lifetimes: LifetimeBook;
  /** What operators want of scaling, by shard. */
  readonly rules: RulesBook;
  /** What decides on each shard's bridges. */
  readonly scaling: Scalers;
  /** How near the shards' signalling is to its limits. */
  readonly signalling: SignallingBook;
  /** How many bridges of all shards are read at a time. */
  readonly bridgeReads: Gate;
  /** Did this leadership read what operators want of the shards? */
  overlays: 'unread' | 'read' | 'unreadable';
  /** By shard name. */
  readonly shards: Map<string, WatchedShard>;
  readonly election: Pick<Election, 'leads' | 'leader' | 'token'>;
  /** What the split detector found. */
  readonly splits: SplitBook;
  readonly audit: Audit;
  readonly rebuild: RebuildState;
  /** Room key -> shard name: where operators want rooms, as they last said. */
  pins: ReadonlyMap<string, string>;
  readonly log: Logger;
  /** The stick table as the feed tells it; undefined until it was read. */
  mirror(): StickTableMirror | undefined;
  /** How far along the feed that is: the id of the last entry that it has. */
  position(): string | undefined;
}

/** A new operation's id: unique, and in the order in which operations began. */
export function operationId(kind: 'move' | 'retire' | 'take-out' | 'shard-down', now = Date.now()): string {
  return `${kind}-${now.toString(36)}-${crypto.randomUUID().slice(0, 8)}`;
}
