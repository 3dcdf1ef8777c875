import type { ShardRecord } from '../../haproxy/stick-table/records.ts';

/** Is it on its way out, gone from every proxy or about to be? From here on only its removal acts on it. */
export function isTakenOut({ removing, admitted, removed }: ShardRecord): boolean {
  return removing && !admitted && !removed;
}
