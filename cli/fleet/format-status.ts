import { count } from '../../common/words.ts';
import type { FleetStatus, OrchestratorStatus } from '../../orchestrator/api/schema/fleet.ts';
import { paintGood } from '../output/paint.ts';
import { paintSplits } from '../output/paint-splits.ts';
import { formatFields, formatTable } from '../output/table.ts';
import { age } from '../output/words.ts';
import { proxyTable } from '../proxy/proxy-table.ts';
import { describeSignalling } from '../shard/describe-signalling.ts';
import { shardTable } from '../shard/shard-table.ts';
import type { Output } from '../terminal.ts';

/** The fleet at a glance. */
export function formatStatus(status: FleetStatus, output: Output): string {
  const { fleet, orchestrators, redis, rooms, participants, proxies, shards, operations, splits } = status;
  const parts = [
    formatFields([
      ['Fleet', fleet],
      ['Redis decides', redis.ok ? paintGood(true, output) : `${paintGood(false, output)}: ${redis.reason}`],
      ['Orchestrators', orchestrators.map(describeOrchestrator).join(', ')],
      ['Redis', describeRedis(redis)],
      ['Rooms', rooms],
      ['Participants', participants],
      ['Rooms agree', paintSplits(splits, output)],
    ]),
    `PROXIES\n${proxyTable(proxies, output)}`,
    `SHARDS\n${shardTable(shards, output)}`,
  ];
  const notes = describeSignalling(status.signalling);
  if (notes.length > 0) parts.push(`SIGNALLING\n${notes.join('\n')}\n`);
  if (operations.length > 0) parts.push(`CHANGES UNDER WAY\n${operationTable(operations)}`);
  return parts.join('\n');
}

function describeOrchestrator({ api, state, reason }: OrchestratorStatus): string {
  return `${api} ${state}${reason === '' ? '' : ` (${reason})`}`;
}

/** Where the stick table is, and how sure it is there. */
function describeRedis({ primary, replicas, sentinels }: FleetStatus['redis']): string {
  const parts = [primary ?? 'no primary'];
  if (replicas === null) parts.push('does not answer');
  else if (replicas > 0 || sentinels) parts.push(`${count(replicas, 'replica')} connected`);
  if (sentinels) parts.push(`named by ${sentinels.agree} of ${sentinels.of} Sentinels`);
  return parts.join(', ');
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
