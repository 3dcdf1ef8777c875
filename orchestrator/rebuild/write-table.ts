import { UsherError } from '../../common/errors.ts';
import type { CommandAnswer } from '../../haproxy/stick-table/commands.ts';
import type { AgentRecord } from '../../haproxy/stick-table/records.ts';
import type { StickTable } from '../../haproxy/stick-table/stick-table.ts';
import type { RebuiltTable } from './merge-table.ts';

/** Entries in one command: Redis must not be held up by one script. */
const batch = 1_000;

/**
 * Writes a rebuilt table into a Redis that is not blessed, and blesses it.
 * @param agents everybody whose acknowledgement counts from the beginning
 * @param lifetimeMs of placements that no census showed
 * @throws UsherError when Redis refuses: another rebuild, or another Redis, has come in between
 */
export async function writeTable(
  table: StickTable,
  rebuild: string,
  content: RebuiltTable,
  agents: ReadonlyMap<string, AgentRecord>,
  lifetimeMs: number,
): Promise<void> {
  accept(await table.rebuildBegin(rebuild));
  const json = (records: ReadonlyMap<string, object>) =>
    new Map([...records].map(([name, record]) => [name, JSON.stringify(record)]));
  for (const [hash, fields] of [
    ['agents', json(agents)],
    ['shards', json(content.shards)],
    ['tenants', content.tenants],
    ['preferences', content.preferences],
  ] as const) {
    for (const part of parts(fields)) accept(await table.rebuildWrite(rebuild, hash, part));
  }
  for (const part of parts(content.rooms)) accept(await table.rebuildSeat(rebuild, part, lifetimeMs));
  accept(await table.rebuildEnd(rebuild));
}

function accept(answer: CommandAnswer): void {
  if (!answer.ok) throw new UsherError(`the table was not rebuilt: ${answer.reason}`);
}

function* parts<V>(entries: ReadonlyMap<string, V>): Generator<Map<string, V>> {
  const all = [...entries];
  for (let start = 0; start < all.length; start += batch) yield new Map(all.slice(start, start + batch));
}
