import { appendFileSync } from 'node:fs';
import { createLogger } from '../../../common/log.ts';
import { sleep } from '../../../common/time.ts';
import { connectRedis } from '../../../haproxy/stick-table/connection.ts';
import { StickTable } from '../../../haproxy/stick-table/stick-table.ts';
import { testShard } from '../../../haproxy/stick-table/testing/test-shard.ts';
import { createLeaseLock } from '../../../orchestrator/leader/create-lease-lock.ts';
import { Election } from '../../../orchestrator/leader/election.ts';
import { loadKubeConfig } from '../../../shards/kubernetes/client.ts';

/**
 * A process that stands for election, until SIGTERM. While it leads it appends `<name> <monotonic ms>` to a file, which
 * stands for what a driver changes, and writes the record of the shard of its name to Redis, over and over.
 */
const [name = '', kubeconfig = '', redisUrl = '', file = '', serverId = ''] = process.argv.slice(2);
const log = createLogger(name, 'silent');
const ending = new AbortController();
process.on('SIGTERM', () => ending.abort());

const settings = { url: redisUrl, primary: 'usher', tls: false, replicas: 0 };
const connection = connectRedis(settings, log);
const self = { name, api: '127.0.0.1:1' };
const lock = createLeaseLock('test', connection, self, loadKubeConfig({ kubeconfig }));
const election = new Election({ lock, self, audit: { record: () => undefined }, log });
const table = new StickTable(connection, 'test', 0, () => election.token());
let version = 0;

async function work(leading: AbortSignal): Promise<void> {
  while (await sleep(5, leading)) {
    try {
      election.assertLeads();
      appendFileSync(file, `${name} ${process.hrtime.bigint() / 1_000_000n}\n`);
      const record = testShard(name, { version: version + 1, serverId: Number(serverId) });
      if ((await table.putShard(record)).ok) version += 1;
    } catch {
      // It does not lead any more, or Redis does not know it yet.
    }
  }
}

await election.run(work, ending.signal);
connection.close();
