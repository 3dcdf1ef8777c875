import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exitCodes } from '../../common/errors.ts';
import { waitFor } from '../../common/time.ts';
import { logWriters } from '../../shards/local/process/log-writers.ts';
import { ProcessDirectory } from '../../shards/local/process/process-directory.ts';
import { type RunningFleet, startTemporaryFleet, usherCommand } from '../../test/fleet/running-fleet.ts';
import { createTemporaryFleet, type TemporaryFleet } from '../../test/fleet/temporary-fleet.ts';
import { fleetPaths } from './paths.ts';
import { startFleet } from './start-fleet.ts';
import { stopFleet } from './stop-fleet.ts';

const silent = () => undefined;
const { signal } = new AbortController();

function up({ folder, state }: TemporaryFleet, say: (line: string) => void = silent, stop = signal) {
  return startFleet({ folder, state, usher: usherCommand, say }, stop);
}

/** Pids of everything that ever was started for the fleet and is still there. */
function survivors({ state }: TemporaryFleet): number[] {
  const log = join(state, 'log');
  return existsSync(log) ? logWriters(new Set(readdirSync(log).map((file) => join(log, file)))) : [];
}

/** The pid of a process of the fleet, another one than `before`. */
function pidOf(fleet: RunningFleet, name: string, before?: number): Promise<number> {
  return waitFor(() => [fleet.processes.find(name)?.pid].find((pid) => pid !== before), {
    timeoutMs: 15_000,
    describe: () => `${name} is not running`,
  });
}

describe('a fleet that is up', () => {
  let fleet: RunningFleet;

  beforeAll(async () => {
    fleet = await startTemporaryFleet({ shards: { 'eu-1': 'eu' } });
  });

  afterAll(async () => {
    await stopFleet({ state: fleet.state, say: silent }).catch(silent);
    await fleet.delete();
  });

  it('seats rooms through every proxy', async () => {
    for (const proxy of fleet.proxies) {
      const response = await fetch(`${proxy}/http-bind?room=hello`);
      expect(response.headers.get('x-jitsi-shard')).toBe('eu-1');
    }
  });

  it('is not started twice, and a second start touches nothing', async () => {
    const before = fleet.processes.list();
    await expect(up(fleet)).rejects.toMatchObject({ exitCode: exitCodes.nothingToChange });
    expect(fleet.processes.list()).toEqual(before);
  });

  it.each(['agent.proxy-1', 'haproxy.proxy-1', 'orchestrator'])('gets a killed %s back', async (name) => {
    const before = await pidOf(fleet, name);
    process.kill(before, 'SIGKILL');
    await pidOf(fleet, name, before);
    const served = async () => {
      const [proxy] = fleet.proxies;
      const response = await fetch(`${proxy}/http-bind?room=hello`).catch(silent);
      return response?.headers.get('x-jitsi-shard') === 'eu-1' ? true : undefined;
    };
    await waitFor(served, { timeoutMs: 15_000, describe: () => 'the proxy does not serve again' });
  });

  it('goes on as it is when only its supervisor was lost', async () => {
    const supervisor = await pidOf(fleet, 'supervisor');
    process.kill(supervisor, 'SIGKILL');
    await waitFor(() => (fleet.processes.isRunning('supervisor') ? undefined : true), {
      timeoutMs: 5_000,
      describe: () => 'the supervisor lives',
    });
    const others = fleet.processes.list();
    expect((await up(fleet)).redis.ok).toBe(true);
    expect(await pidOf(fleet, 'supervisor')).not.toBe(supervisor);
    expect(fleet.processes.list().filter(({ name }) => name !== 'supervisor')).toEqual(others);
  });

  it('is taken down whole, with its logs kept, and only once', async () => {
    const { state } = fleet;
    expect(survivors(fleet).length).toBeGreaterThan(10);
    await stopFleet({ state, say: silent });
    expect(survivors(fleet)).toEqual([]);
    expect(existsSync(fleetPaths(state).proxies)).toBe(false);
    expect(fleet.processes.logTail('orchestrator')).not.toEqual([]);
    await expect(stopFleet({ state, say: silent })).rejects.toMatchObject({
      exitCode: exitCodes.nothingToChange,
    });
  });
});

describe('a fleet that does not come up', () => {
  it('leaves nothing when it is interrupted, and lets nobody else at it meanwhile', async () => {
    const fleet = await createTemporaryFleet({ shards: { 'eu-1': 'eu' } });
    const interrupt = new AbortController();
    let second: Promise<unknown> | undefined;
    const say = (line: string) => {
      if (!line.startsWith('waiting for shards')) return;
      second = stopFleet({ state: fleet.state, say: silent }).catch((error: unknown) => error);
      interrupt.abort();
    };
    await expect(up(fleet, say, interrupt.signal)).rejects.toThrow(/aborted/);
    expect(String(await second)).toMatch(/another `usher up` or `usher down` is at work/);
    expect(survivors(fleet)).toEqual([]);
    await fleet.delete();
  });

  it('changes nothing when a stranger has a port', async () => {
    const fleet = await createTemporaryFleet({ shards: {} });
    const stranger = createServer().listen(fleet.fleet.orchestrator.api[0]?.port, '127.0.0.1');
    await once(stranger, 'listening');
    await expect(up(fleet)).rejects.toThrow(/fleet.yaml:6:8: orchestrator.api: .* is in use by/);
    expect(new ProcessDirectory(fleet.state).list()).toEqual([]);
    expect(existsSync(join(fleet.state, 'redis'))).toBe(false);
    stranger.close();
    await fleet.delete();
  });

  it('says at once what keeps ending, with its last words, and stops the rest', async () => {
    const fleet = await createTemporaryFleet({ shards: {} });
    const stranger = createServer();
    // After the ports were checked.
    const say = () => void (stranger.listening || stranger.listen(fleet.fleet.proxies[0]?.bind[0]?.port));
    await expect(up(fleet, say)).rejects.toThrow(
      /^haproxy.proxy-1 does not start; last words:\n[\s\S]*cannot bind socket \(Address already in use\)/,
    );
    expect(survivors(fleet)).toEqual([]);
    stranger.close();
    await fleet.delete();
  });
});
