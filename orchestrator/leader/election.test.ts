import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLogger } from '../../common/log.ts';
import { sleep, waitFor } from '../../common/time.ts';
import { redisKey } from '../../haproxy/stick-table/keys.ts';
import { startRedis, type TestRedis } from '../../test/real/redis.ts';
import type { AuditEntry } from '../audit/audit.ts';
import { Election } from './election.ts';
import { RedisLock } from './redis-lock.ts';

const log = createLogger('test', 'silent');
let server: TestRedis;
let ends: (() => Promise<void>)[];
let atWork: string[];
let audited: AuditEntry[];

beforeEach(async () => {
  server = await startRedis();
  ends = [];
  atWork = [];
  audited = [];
});

afterEach(async () => {
  process.kill(server.pid, 'SIGCONT');
  for (const end of ends) await end();
  await server.stop();
});

/** An orchestrator that stands for election; its work is to be in `atWork`. */
async function candidate(name: string): Promise<{ election: Election; stop(): Promise<void> }> {
  const self = { name, api: `${name}:1` };
  const audit = { record: (entry: AuditEntry) => void audited.push(entry) };
  const election = new Election({
    lock: new RedisLock(await server.connect(), 'test', self),
    self,
    audit,
    log,
  });
  const ending = new AbortController();
  const done = election.run(async (leading) => {
    atWork.push(name);
    await sleep(600_000, leading);
    atWork.splice(atWork.indexOf(name), 1);
  }, ending.signal);
  const stop = () => {
    ending.abort();
    return done;
  };
  ends.push(stop);
  return { election, stop };
}

const until = (what: string, is: () => boolean) =>
  waitFor(() => is() || undefined, { timeoutMs: 15_000, everyMs: 10, describe: () => what });

describe('Election', () => {
  it('has one lead, and the next as soon as that one has stopped', async () => {
    const first = await candidate('one');
    await until('one does not lead', () => first.election.leads());
    const second = await candidate('two');
    await until('two knows no leader', () => second.election.leader() !== undefined);
    // Longer than the lock lives: it is renewed.
    await sleep(4_000);
    expect(atWork).toEqual(['one']);
    expect(second.election.leader()).toEqual({ name: 'one', api: 'one:1' });
    expect(() => second.election.token()).toThrow('does not lead');
    await first.stop();
    const before = Date.now();
    await until('two does not lead', () => second.election.leads());
    expect(Date.now() - before).toBeLessThan(2_500);
    expect(atWork).toEqual(['two']);
    const story = audited.map(({ action, inputs }) => [action, inputs?.name]);
    expect(story).toEqual([
      ['leader.take', 'one'],
      ['leader.leave', 'one'],
      ['leader.take', 'two'],
    ]);
  });

  it('ends its work before its lock lapses when Redis does not answer, and begins anew', async () => {
    const { election } = await candidate('one');
    await until('one does not lead', () => election.leads());
    const token = election.token();
    process.kill(server.pid, 'SIGSTOP');
    const before = Date.now();
    await until('one still works', () => atWork.length === 0);
    expect(Date.now() - before).toBeLessThan(3_500);
    expect(election.leads()).toBe(false);
    expect(election.leader()).toBeUndefined();
    process.kill(server.pid, 'SIGCONT');
    await until('one does not lead again', () => election.leads());
    expect(Number(election.token())).toBeGreaterThan(Number(token));
  });

  it('goes on in a Redis that was emptied, unless another was there first', async () => {
    const { election } = await candidate('one');
    await until('one does not lead', () => election.leads());
    const { redis } = await server.connect();
    const token = election.token();
    await redis.flushall();
    await sleep(1_500);
    expect(await redis.get(redisKey('test', 'leader'))).toBe(`${token} one one:1`);
    await redis.set(redisKey('test', 'leader'), `${Date.now() + 60_000} two two:1`);
    await until('one still works', () => atWork.length === 0);
    await until('one does not know two', () => election.leader()?.name === 'two');
    expect(audited.at(-1)).toMatchObject({
      action: 'leader.leave',
      reason: expect.stringContaining('another'),
    });
    await redis.flushall();
    await until('one does not lead again', () => election.leads());
  });
});
