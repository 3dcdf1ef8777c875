import type { FleetStatus } from '../../orchestrator/api/schema.ts';
import { paintGood } from '../output/paint.ts';
import { paintSplits } from '../output/paint-splits.ts';
import { formatFields, formatTable } from '../output/table.ts';
import { age } from '../output/words.ts';
import { proxyTable } from '../proxy/proxy-table.ts';
import { shardTable } from '../shard/shard-table.ts';
import type { Output } from '../terminal.ts';

/** The fleet at a glance. */
export function formatStatus(status: FleetStatus, output: Output): string {
  const { fleet, redis, rooms, participants, proxies, shards, operations, splits } = status;
  const parts = [
    formatFields([
      ['Fleet', fleet],
      ['Redis decides', redis.ok ? paintGood(true, output) : `${paintGood(false, output)}: ${redis.reason}`],
      ['Rooms', rooms],
      ['Participants', participants],
      ['Rooms agree', paintSplits(splits, output)],
    ]),
    `PROXIES\n${proxyTable(proxies, output)}`,
    `SHARDS\n${shardTable(shards, output)}`,
  ];
  if (operations.length > 0) parts.push(`CHANGES UNDER WAY\n${operationTable(operations)}`);
  return parts.join('\n');
}

function operationTable(operations: FleetStatus['operations']): string {
  const rows = operations.map(({ id, kind, phase, startedAt, silent }) => [
    id,
    kind,
    phase,
    age(startedAt),
    silent.join(', '),
  ]);
  return formatTable(['ID', 'KIND', 'PHASE', 'AGE', 'WAITS FOR'], rows);
}
