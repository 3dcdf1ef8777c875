import type { ShardRecord } from '../records.ts';

/** The record of a shard that is well and takes rooms, for tests. */
export function testShard(name: string, over: Partial<ShardRecord> = {}): ShardRecord {
  return {
    name,
    version: 1,
    incarnation: 1,
    serverId: 1,
    region: 'eu',
    pool: 'main',
    address: { host: '127.0.0.1', port: 8_000 },
    desired: 'active',
    observed: 'ready',
    reason: '',
    admitted: true,
    removing: false,
    removed: false,
    ...over,
  };
}
