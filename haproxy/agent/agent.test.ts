import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLogger } from '../../common/log.ts';
import { sleep, waitFor } from '../../common/time.ts';
import { freePort } from '../../test/real/free-port.ts';
import { startRedis, type TestRedis } from '../../test/real/redis.ts';
import { type ProxySettings, proxySettings } from '../config/schema.ts';
import { bucketOf } from '../room-key/room-key.ts';
import { RuntimeClient } from '../runtime/client.ts';
import { readEntry } from '../runtime/map-read.ts';
import { deleteEntries } from '../runtime/map-write.ts';
import { redisKey } from '../stick-table/keys.ts';
import { redisSettings } from '../stick-table/settings.ts';
import { readSnapshot } from '../stick-table/snapshot.ts';
import { StickTable } from '../stick-table/stick-table.ts';
import { runAgent } from './agent.ts';
import { digestRooms } from './room-digests.ts';
import { agentDiff, agentDigests, agentEntries, agentRooms, agentStatus } from './status.ts';

/** One real HAProxy with its agent, one real Redis, and two shards that are no more than their header. */
let directory: string;
let redis: TestRedis;
let table: StickTable;
let webs: Server[];
let agent: { stop: AbortController; done: Promise<void> };
let haproxy: ChildProcess | undefined;
let http: string;
let publicUrl: string;
let settings: object;
const announcedAs = 'p1.proxies.test:8300';

const bucket = (room: string) => `main/${bucketOf(room)}`;
const ask = (name: string) => fetch(`${publicUrl}/config.js?room=${name}`);
const shardOf = async (name: string) => (await ask(name)).headers.get('x-jitsi-shard');
const within = (timeoutMs: number, what: string) => ({ timeoutMs, describe: () => what });
const read = async (path: string) => (await fetch(`${http}${path}`)).json();
const entries = async (room: string, of: string) =>
  agentEntries.parse(await read(`/v1/entries?room=${room}&bucket=${of}`));
const inStep = () =>
  waitFor(
    async () => (agentStatus.parse(await read('/v1/status')).inStep ? true : undefined),
    within(10_000, 'not in step'),
  );
const isAcked = async (id: string) => (await table.operations()).get(id)?.acks.p1 ?? false;

function startAgent(proxy: ProxySettings): typeof agent {
  const stop = new AbortController();
  const options = {
    ...{ fleet: 'test', redis: redisSettings.parse({ url: redis.url }), proxy, directory },
    announcedAs,
    ...{ backupAgents: [], masterSocket: join(directory, 'master.sock'), graceMs: 5_000, auditEveryMs: 300 },
    log: createLogger('test', 'silent'),
  };
  return { stop, done: runAgent(options, stop.signal) };
}

async function startHaproxy(): Promise<void> {
  await waitFor(
    () => existsSync(join(directory, 'haproxy.cfg')) || undefined,
    within(5_000, 'no configuration'),
  );
  const args = ['-W', '-db', '-S', join(directory, 'master.sock'), '-f', join(directory, 'haproxy.cfg')];
  haproxy = spawn('haproxy', args, { stdio: 'ignore' });
}

async function stopHaproxy(): Promise<void> {
  if (!haproxy || haproxy.exitCode !== null || haproxy.signalCode !== null) return;
  haproxy.kill('SIGTERM');
  await once(haproxy, 'exit');
}

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'usher-agent-'));
  redis = await startRedis();
  table = new StickTable(await redis.connect(), 'test');
  await table.bless(new Map());
  webs = [];
  for (const [index, name] of ['a', 'b'].entries()) {
    const web = createServer((_request, response) => response.setHeader('X-Jitsi-Shard', name).end()).listen(
      0,
      '127.0.0.1',
    );
    await once(web, 'listening');
    webs.push(web);
    const port = (web.address() as { port: number }).port;
    await table.putShard({
      ...{ name, version: 1, incarnation: 1, serverId: index + 1, region: 'eu', pool: 'main' },
      ...{ address: { host: '127.0.0.1', port }, desired: 'active', observed: 'ready', reason: '' },
      ...{ admitted: true, removing: false, removed: false },
    });
  }
  await table.assign(new Map(Array.from({ length: 1024 }, (_, number) => [`main/${number}`, 'a'])));
  const [bind, stats, spoe, agentHttp] = [
    await freePort(),
    await freePort(),
    await freePort(),
    await freePort(),
  ];
  publicUrl = `http://127.0.0.1:${bind}`;
  http = `http://127.0.0.1:${agentHttp}`;
  settings = {
    ...{ name: 'p1', bind: `127.0.0.1:${bind}`, stats: `127.0.0.1:${stats}` },
    agent: { spoe: `127.0.0.1:${spoe}`, http: `127.0.0.1:${agentHttp}` },
  };
  agent = startAgent(proxySettings.parse(settings));
  await waitFor(
    async () => ((await table.agents()).has('p1') ? true : undefined),
    within(10_000, 'agent not registered'),
  );
});

afterAll(async () => {
  agent.stop.abort();
  await agent.done;
  await stopHaproxy();
  for (const web of webs) web.close();
  await redis.stop();
  await rm(directory, { recursive: true });
});

describe('agent', () => {
  it('acknowledges nothing before HAProxy carries it', async () => {
    await table.hold('early', new Map([[bucket('/early'), 'b']]));
    await sleep(600);
    expect(await isAcked('early')).toBe(false);
    await startHaproxy();
    await waitFor(async () => (await isAcked('early')) || undefined, within(10_000, 'not acknowledged'));
    await table.cancel('early');
    await inStep();
  });

  it('has others told to reach it by its name', async () => {
    expect((await table.agents()).get('p1')?.http).toBe(announcedAs);
  });

  it('seats new rooms by claim, and finds them again by the map alone', async () => {
    expect(await shardOf('x')).toBe('a');
    const claims = async () => JSON.stringify(agentStatus.parse(await read('/v1/status')).claims);
    const askedNobody = async () => {
      const before = await claims();
      expect(await shardOf('X')).toBe('a');
      return (await claims()) === before ? true : undefined;
    };
    await waitFor(askedNobody, within(3_000, 'every request still claims'));
  });

  it('gives one shard to all who join a new room at once', async () => {
    const shards = await Promise.all(Array.from({ length: 30 }, () => shardOf('many')));
    expect(new Set(shards)).toEqual(new Set(['a']));
    expect(agentStatus.parse(await read('/v1/status')).claims.joined).toBeGreaterThan(0);
  });

  it('follows a bucket move step by step, and keeps old rooms where they are', async () => {
    const key = bucket('/moving');
    expect(await shardOf('moving')).toBe('a');
    await table.hold('move', new Map([[key, 'b']]));
    await waitFor(async () => (await isAcked('move')) || undefined, within(5_000, 'hold not acknowledged'));
    expect((await entries('/moving', key)).bucket).toBe('!a.1');
    await table.flip('move', new Map());
    await waitFor(async () => (await isAcked('move')) || undefined, within(5_000, 'flip not acknowledged'));
    expect((await entries('/moving', key)).bucket).toBe('b.1');
    expect(await shardOf('moving')).toBe('a');
    await table.finish('move');
  });

  it('carries tombstones: the room must claim, and comes back on its shard', async () => {
    await table.claim('/ended', '', bucketOf('/ended'), 0);
    await table.observe(new Map([['/ended', 'lingering']]));
    await table.retire('retire', ['/ended']);
    await waitFor(
      async () => (await isAcked('retire')) || undefined,
      within(5_000, 'tombstone not acknowledged'),
    );
    expect((await entries('/ended', 'main/1')).room).toBe('?');
    expect(await shardOf('ended')).toBe('a');
    expect((await table.placement('/ended'))?.state).toBe('claimed');
    await table.finish('retire');
  });

  it('brings a new HAProxy process in step, with servers and maps, without a reload', async () => {
    await stopHaproxy();
    await startHaproxy();
    await waitFor(() => shardOf('x').catch(() => undefined), within(10_000, 'HAProxy is not back'));
    await inStep();
    expect(agentDiff.parse(await read('/v1/diff'))).toEqual([]);
    expect(agentStatus.parse(await read('/v1/status')).reloads).toBe(0);
    expect(await shardOf('moving')).toBe('a');
  });

  it('finds and repairs what differs from Redis, whoever changed it', async () => {
    await table.redis.hset(redisKey('test', 'rooms'), '/unheard', 'b.1 live 5');
    const file = join(directory, 'rooms.map');
    const runtime = new RuntimeClient({ address: join(directory, 'runtime.sock') });
    await deleteEntries(runtime, file, ['/x']);
    await waitFor(
      async () => (await entries('/unheard', 'main/1')).room ?? undefined,
      within(8_000, 'what Redis alone knew did not come'),
    );
    await waitFor(
      async () => (await readEntry(runtime, file, '/x')) ?? undefined,
      within(8_000, 'the deleted entry did not come back'),
    );
    const metrics = await (await fetch(`${http}/metrics`)).text();
    expect(metrics).toMatch(/usher_agent_drifted_entries_total\{where="agent"\} 1/);
    await inStep();
  });

  it('tells what HAProxy itself holds, by digests and by the rooms of a bucket, and repairs when asked', async () => {
    const file = join(directory, 'rooms.map');
    const runtime = new RuntimeClient({ address: join(directory, 'runtime.sock') });
    const before = agentDigests.parse(await read('/v1/rooms/digests'));
    expect(before.slots.toSorted()).toEqual(['a.1', 'b.1']);
    const expected = await digestRooms(
      [...(await readSnapshot(table.redis, 'test')).rooms].map(([room, { shard }]) => [room, shard]),
    );
    expect(before).toMatchObject(expected);

    const number = bucketOf('/x');
    await deleteEntries(runtime, file, ['/x']);
    const after = agentDigests.parse(await read('/v1/rooms/digests'));
    expect(after.digests.flatMap((one, index) => (one === before.digests[index] ? [] : [index]))).toEqual([
      number,
    ]);
    const rooms = async () => agentRooms.parse(await read(`/v1/rooms?buckets=${number},${number}`)).rooms;
    expect(await rooms()).not.toHaveProperty('/x');
    await fetch(`${http}/v1/repair`, { method: 'POST' });
    expect(await rooms()).toHaveProperty('/x', 'a.1');
    expect((await fetch(`${http}/v1/rooms?buckets=1024`)).status).toBe(400);
  });

  it('reloads HAProxy once for changed limits, says why, and loses no room', async () => {
    agent.stop.abort();
    await agent.done;
    agent = startAgent(proxySettings.parse({ ...settings, limits: { headers: 70 } }));
    await waitFor(
      async () => ((await read('/v1/status').catch(() => ({}))) as { reloads?: number }).reloads || undefined,
      within(10_000, 'not reloaded'),
    );
    await inStep();
    expect(agentStatus.parse(await read('/v1/status')).reloads).toBe(1);
    expect(await shardOf('moving')).toBe('a');
    expect(agentDiff.parse(await read('/v1/diff'))).toEqual([]);
  });

  it('goes by the buckets alone when Redis is gone: known rooms stay, new ones are seated alike', async () => {
    process.kill(redis.pid, 'SIGKILL');
    await sleep(300);
    expect(await shardOf('moving')).toBe('a');
    // The bucket of /moving prefers b by now: any other new room of that bucket goes there.
    const same = Array.from({ length: 20_000 }, (_, i) => `new-${i}`).find(
      (name) => bucket(`/${name}`) === bucket('/moving'),
    );
    expect(await shardOf(String(same))).toBe('b');
    expect(await shardOf('another')).toBe('a');
  });
});
