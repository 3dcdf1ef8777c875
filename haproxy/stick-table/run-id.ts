import type { Redis } from 'ioredis';

/**
 * Which Redis this is, and in which life as primary: `<run_id>.<master_replid>`. Its run_id alone is not enough.
 * A primary that was stopped for a while comes back as a replica with the same run_id, and may be made primary
 * again with a table that lacks what it had once answered; Redis has a new replication id after each promotion.
 */
export async function readRunId(redis: Redis): Promise<string> {
  const [server, replication] = await Promise.all([redis.info('server'), redis.info('replication')]);
  const runId = /^run_id:(\S+)/m.exec(server)?.[1];
  const replicationId = /^master_replid:(\S+)/m.exec(replication)?.[1];
  if (runId === undefined || replicationId === undefined) throw new Error('INFO names no run_id');
  return `${runId}.${replicationId}`;
}
