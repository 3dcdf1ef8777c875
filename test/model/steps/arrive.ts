import { type Incarnation, shardOf } from '../shards.ts';
import { oldWorkerNumber, type Participant, type World } from '../world.ts';

/** Where somebody is whom a worker sent to this shard, or answered 503 (null): at home again if it does not answer. */
export function arrive(world: World, room: number, worker: number, to: Incarnation | null): Participant {
  if (!to) return { at: 'home' };
  const shard = shardOf(to);
  const proxy = worker === oldWorkerNumber ? (world.oldWorker?.proxy ?? null) : worker;
  const isCut = world.outOfReach?.shard === shard && world.outOfReach.proxy === proxy;
  if (world.prosodies[shard].state !== 'runs' || isCut) return { at: 'home' };
  return { at: 'meeting', room, shard, proxy: world.tellsSessions ? proxy : null };
}
