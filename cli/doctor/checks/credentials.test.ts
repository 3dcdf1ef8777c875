import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { redisSettings } from '../../../haproxy/stick-table/settings.ts';
import { startTestProsody, type TestProsody } from '../../../shards/local/prosody/test-prosody.ts';
import { startRedis, type TestRedis } from '../../../test/real/redis.ts';
import { endpointsOf } from '../testing/endpoints.ts';
import { createFleetToExamine, type FleetToExamine } from '../testing/fleet-to-examine.ts';
import { credentialsCheck } from './credentials.ts';

let fleet: FleetToExamine;
let prosody: TestProsody;
let redis: TestRedis;

beforeAll(async () => {
  prosody = await startTestProsody();
  redis = await startRedis();
  const { redis: client } = await redis.connect();
  await client.call('ACL', 'SETUSER', 'usher', 'on', '>right', '~*', '+@all');
});
afterAll(async () => {
  await prosody.close();
  await redis.stop();
});
beforeEach(async () => {
  fleet = await createFleetToExamine();
});
afterEach(() => fleet.end());

/** Over a fleet that is up, whose Redis is this. */
const examine = (settings: object = {}, password = 'jvb') => {
  const shard = endpointsOf(prosody);
  return fleet.run(credentialsCheck, {
    running: ['supervisor'],
    fleet: { ...fleet.files.fleet, redis: redisSettings.parse({ url: redis.url, ...settings }) },
    shards: { ok: true, value: [{ ...shard, brewery: { ...shard.brewery, password } }] },
  });
};

describe('credentials', () => {
  it('is content when passwords fit and nobody else can read them', async () => {
    expect(await examine({ username: 'usher', password: 'right' })).toEqual([]);
  });

  it('names a Redis that refuses the password', async () => {
    expect(await examine({ username: 'usher', password: 'wrong' })).toMatchObject([
      { severity: 'error', what: expect.stringContaining('WRONGPASS') },
    ]);
  });

  it('names a Prosody that refuses the brewery’s password', async () => {
    expect(await examine({}, 'wrong')).toMatchObject([
      { severity: 'error', where: 'Prosody of eu-1', what: expect.stringContaining('not-authorized') },
    ]);
  });

  it('names files that others may read, and a password in a fleet file that all may read', async () => {
    const shards = join(fleet.files.state, 'shards', 'eu-1');
    await mkdir(shards, { recursive: true });
    await writeFile(join(shards, 'shard.json'), '{}', { mode: 0o600 });
    expect(await fleet.run(credentialsCheck)).toEqual([]);
    await chmod(join(shards, 'shard.json'), 0o640);
    const file = join(fleet.files.folder, 'fleet.yaml');
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace('redis:\n', 'redis:\n  password: secret\n'));
    expect(await fleet.run(credentialsCheck)).toMatchObject([
      { severity: 'error', where: join(shards, 'shard.json'), what: expect.stringContaining('mode 640') },
      { severity: 'warn', where: file },
    ]);
    await writeFile(file, text.replace('redis:\n', 'redis:\n  password: { env: SECRET }\n'));
    expect(await fleet.run(credentialsCheck)).toHaveLength(1);
  });
});
