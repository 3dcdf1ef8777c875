import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { waitFor } from '../../../common/time.ts';
import { redisSettings } from '../../../haproxy/stick-table/settings.ts';
import { freePort } from '../../../test/real/free-port.ts';
import { startRedis, type TestRedis } from '../../../test/real/redis.ts';
import type { Finding } from '../finding.ts';
import { judgeSentinels } from './judge-sentinels.ts';

let directory: string;
let redis: TestRedis;
const children: ChildProcess[] = [];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'usher-sentinels-'));
  redis = await startRedis();
});
afterEach(async () => {
  for (const child of children.splice(0)) {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  await redis.stop();
  await rm(directory, { recursive: true });
});

/** A real Sentinel that watches the Redis at `url`, and wants so many to agree. */
async function startSentinel(quorum: number, url = redis.url): Promise<number> {
  const port = await freePort();
  const file = join(directory, `${port}.conf`);
  const { hostname, port: redisPort } = new URL(url);
  await writeFile(
    file,
    `port ${port}\nbind 127.0.0.1\nsentinel monitor usher ${hostname} ${redisPort} ${quorum}\n`,
  );
  children.push(spawn('redis-server', [file, '--sentinel'], { stdio: 'ignore' }));
  return port;
}

const judge = (...ports: number[]) =>
  judgeSentinels(redisSettings.parse({ sentinels: ports.map((port) => ({ port })) }));
const until = (ports: number[], is: (found: Finding[]) => boolean) =>
  waitFor(
    async () => {
      const found = await judge(...ports);
      return is(found) ? found : undefined;
    },
    { timeoutMs: 15_000, everyMs: 200, describe: () => 'the Sentinels are not so' },
  );

describe('judgeSentinels', () => {
  it('is content with one that can decide', async () => {
    expect(await until([await startSentinel(1)], (found) => found.length === 0)).toEqual([]);
  });

  it('names one that does not answer', async () => {
    expect(await judge(1)).toMatchObject([
      { severity: 'warn', where: 'Sentinel at 127.0.0.1:1', what: expect.stringContaining('ECONNREFUSED') },
    ]);
  });

  it('names Sentinels that are too few to decide', async () => {
    const lonely = await startSentinel(2);
    const [found] = await until([lonely], (all) => all[0]?.severity === 'error');
    expect(found?.what).toContain('NOQUORUM');
  });

  it('names Sentinels that do not agree on the primary', async () => {
    const other = await startRedis();
    const ports = [await startSentinel(1), await startSentinel(1, other.url)];
    const found = await until(
      ports,
      (all) => all.length > 0 && all.every(({ severity }) => severity === 'error'),
    );
    expect(found).toMatchObject([
      { where: 'the Sentinels', what: expect.stringContaining('different primaries') },
    ]);
    await other.stop();
  });
});
