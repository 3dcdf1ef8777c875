import type { StickTableMirror } from '../../haproxy/stick-table/mirror.ts';
import { incarnationOf, type OperationRecord } from '../../haproxy/stick-table/records.ts';
import type { CensusBook } from '../rooms/census-book.ts';

/** All that decides an operation's next step. */
export interface OperationView {
  id: string;
  record: OperationRecord;
  /** Agents that have not acknowledged the present phase. */
  silent: readonly string[];
  /** When this orchestrator first saw the present phase acknowledged by all, by its own clock. */
  ackedAt: number | undefined;
  mirror: StickTableMirror;
  /** Pinned rooms that are to be seated: room key -> incarnation. */
  pins: ReadonlyMap<string, string>;
  censuses: CensusBook;
  /** G: the longest time from a routed request to the room's showing in a census. */
  graceMs: number;
  /** How many censuses make sure. */
  censusesToBeSure: number;
}

/** What to do next with an operation, and why. */
export type OperationStep =
  | { do: 'wait'; reason: string }
  | { do: 'flip'; adopted: Map<string, string>; pinned: Map<string, string>; reason: string }
  | { do: 'cancel'; reason: string }
  | { do: 'delete'; rooms: string[]; reason: string }
  | { do: 'put-back'; reason: string }
  | { do: 'remove'; reason: string }
  | { do: 'finish'; reason: string };

/** The shards in which a room can live: present incarnations that proxies can reach, or could a moment ago. */
export function livingShards(mirror: StickTableMirror): Set<string> {
  return new Set(
    [...mirror.shards.values()].filter((shard) => shard.admitted && !shard.removed).map(incarnationOf),
  );
}

/**
 * The step of any operation while somebody lags behind: an agent that is silent, or the orchestrator's own view of
 * the table, by which the next step is decided. Undefined when nobody does.
 */
export function waitForAll(view: OperationView): OperationStep | undefined {
  if (view.ackedAt === undefined) {
    return { do: 'wait', reason: `not yet acknowledged by ${view.silent.join(', ')}` };
  }
  if (view.mirror.operations.get(view.id) === view.record.phase) return undefined;
  return { do: 'wait', reason: `the change feed has not brought phase ${view.record.phase} here yet` };
}
