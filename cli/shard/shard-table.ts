import type { ShardStatus } from '../../orchestrator/api/schema/shards.ts';
import { paintObserved } from '../output/paint.ts';
import { formatTable } from '../output/table.ts';
import { timeLeft } from '../output/words.ts';
import type { Output } from '../terminal.ts';

const head = [
  'NAME',
  'REGION',
  'POOL',
  'DESIRED',
  'OBSERVED',
  'GETS ROOMS',
  'BUCKETS',
  'ROOMS',
  'PARTICIPANTS',
  'SIGNALLING',
  'BRIDGES',
  'REASON',
];

/** The shards, one a line. */
export function shardTable(shards: readonly ShardStatus[], output: Output): string {
  if (shards.length === 0) return 'no shards\n';
  const rows = shards.map((shard) => [
    shard.name,
    shard.region,
    shard.pool,
    wishOf(shard),
    paintObserved(shard.observed, output),
    shard.admitted && shard.buckets > 0,
    shard.buckets,
    shard.rooms,
    shard.participants,
    signallingOf(shard),
    shard.bridges.length,
    shard.reason,
  ]);
  return formatTable(head, rows);
}

/** `83 %`, of the limit that is nearest. */
export function signallingOf({ signalling }: Pick<ShardStatus, 'signalling'>): string | null {
  if (!signalling || signalling.ratio === null) return null;
  return `${Math.round(100 * signalling.ratio)} %${signalling.near ? ', near its limit' : ''}`;
}

/** What its operator wants of a shard. */
export function wishOf({
  desired,
  removing,
  deadline,
}: Pick<ShardStatus, 'desired' | 'removing' | 'deadline'>): string {
  const wish = removing ? 'removed' : desired;
  return deadline === null ? wish : `${wish}, ${timeLeft(deadline)}`;
}
