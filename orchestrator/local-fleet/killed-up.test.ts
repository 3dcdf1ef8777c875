import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '../../common/time.ts';
import { logWriters } from '../../shards/local/process/log-writers.ts';
import { ProcessDirectory } from '../../shards/local/process/process-directory.ts';
import { usherCommand } from '../../test/fleet/running-fleet.ts';
import { createTemporaryFleet, type TemporaryFleet } from '../../test/fleet/temporary-fleet.ts';
import { stopFleet } from './stop-fleet.ts';

let fleet: TemporaryFleet;
let processes: ProcessDirectory;

/** Runs the real `usher up`, with these flags. */
function up(flags: readonly string[]): { child: ChildProcess; said(): string } {
  const [command, ...first] = usherCommand;
  const child = spawn(command, [...first, '--fleet', fleet.folder, '--state', fleet.state, 'up', ...flags], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    said += text;
  });
  return { child, said: () => said };
}

/** Processes that write to the log of `name`, an earlier run's too. */
function writers(name: string): number[] {
  const files = readdirSync(join(fleet.state, 'log')).filter((file) => file.startsWith(`${name}.log`));
  return logWriters(new Set(files.map((file) => join(fleet.state, 'log', file))));
}

/**
 * Looked for once the start has cleaned up. Each comes later than the one before, so that each start has passed
 * where the last one died.
 */
const moments: [string, (said: string) => boolean][] = [
  ['before it has started anything', () => true],
  ['as it starts Redis', () => writers('redis').length > 0],
  ['when Redis runs', () => processes.isRunning('redis')],
  ['when the supervisor runs', () => processes.isRunning('supervisor')],
  ['when the agents run', () => processes.isRunning('agent.proxy-2')],
  ['while shards are being started', () => writers('eu-1-prosody').length > 0],
  ['when a proxy runs', () => processes.isRunning('haproxy.proxy-1')],
  ['when shards are probed', (said) => said.includes('waiting for shards')],
];

const momentsOfRedisHa: typeof moments = [
  ['when a replica runs', () => processes.isRunning('redis.2')],
  ['when a Sentinel runs', () => processes.isRunning('sentinel.3')],
  ['when the supervisor runs', () => processes.isRunning('supervisor')],
];

describe.each([
  { flags: [], redis: ['redis'], killedAt: moments },
  {
    flags: ['--redis-ha'],
    redis: ['redis.1', 'redis.2', 'redis.3', 'sentinel.1', 'sentinel.2', 'sentinel.3'],
    killedAt: momentsOfRedisHa,
  },
])('usher up $flags, killed with SIGKILL', ({ flags, redis, killedAt }) => {
  beforeAll(async () => {
    fleet = await createTemporaryFleet({ shards: { 'eu-1': 'eu' } });
    processes = new ProcessDirectory(fleet.state);
  });

  afterAll(async () => {
    await stopFleet({ state: fleet.state, say: () => undefined }).catch(() => undefined);
    await fleet.delete();
  });

  it.each(killedAt)('%s', async (_, reached) => {
    const { child, said } = up(flags);
    await waitFor(() => (said().includes('starting Redis') && reached(said()) ? true : undefined), {
      timeoutMs: 50_000,
      everyMs: 1,
      describe: () => `this moment did not come: ${said()}`,
    });
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(child.signalCode).toBe('SIGKILL');
  });

  it('leaves nothing that the next one cannot clean', async () => {
    const { child, said } = up(flags);
    await once(child, 'exit');
    expect(said()).toContain('ended what a fleet before had left');
    expect(child.exitCode).toBe(0);
    // Nothing runs twice, nothing without a record.
    const records = processes.list();
    for (const { name, pid } of records) expect(writers(name)).toContain(pid);
    for (const name of [...redis, 'supervisor', 'orchestrator', 'agent.proxy-1', 'eu-1-jicofo']) {
      expect(writers(name)).toHaveLength(1);
    }
    expect(await processes.removeOrphans()).toEqual([]);
    await stopFleet({ state: fleet.state, say: () => undefined });
  });
});
