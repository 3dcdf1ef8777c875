import { count } from '../../common/words.ts';
import type { ShardStatus } from '../../orchestrator/api/schema/shards.ts';
import { timeLeft } from '../output/words.ts';

/** How far a shard is on its way, in one line. */
export function describeProgress(name: string, shards: readonly ShardStatus[]): string {
  const shard = shards.find((one) => one.name === name);
  if (!shard) return `${name}: not there`;
  const leaving = shard.removing || shard.desired !== 'active';
  const state = shard.removing ? 'removing' : leaving ? shard.desired : shard.observed;
  const left = leaving ? ' left' : '';
  const participants =
    shard.participants === null ? 'participants unknown' : count(shard.participants, 'participant') + left;
  const facts = [count(shard.rooms, 'room') + left, participants, count(shard.buckets, 'bucket') + left];
  if (shard.deadline !== null) facts.push(timeLeft(shard.deadline));
  const why = whyNotYet(shard, shards);
  return `${name}: ${state}: ${facts.join(', ')}${why && ` (${why})`}`;
}

function whyNotYet(shard: ShardStatus, shards: readonly ShardStatus[]): string {
  const leaving = shard.removing || shard.desired !== 'active';
  if (!leaving) return shard.reason;
  const others = shards.filter((one) => one.pool === shard.pool && one.name !== shard.name);
  const taker = others.some((one) => one.admitted && one.desired === 'active' && !one.removing);
  if (shard.buckets > 0 && !taker) return `no other shard of pool ${shard.pool} takes new rooms`;
  return '';
}
