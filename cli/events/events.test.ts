import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { waitFor } from '../../common/time.ts';
import { type FleetAtWork, startFleetAtWork } from '../testing/fleet-at-work.ts';
import { event } from '../testing/samples.ts';
import { type RunningUsher, startUsher, usher } from '../testing/usher.ts';

let fleet: FleetAtWork;
let running: RunningUsher | undefined;
beforeEach(async () => {
  fleet = await startFleetAtWork();
  fleet.api.state.events = [
    event('shard.admit', { shards: ['eu-1.1'] }),
    event('room.seat', { rooms: ['/x'] }),
  ];
});
afterEach(async () => {
  running?.signal('SIGKILL');
  running = undefined;
  await fleet.end();
});

async function asked(count: number): Promise<void> {
  await waitFor(() => (fleet.api.requests.length >= count ? true : undefined), {
    timeoutMs: 10_000,
    describe: () => `fewer than ${count} requests`,
  });
}

describe('usher events', () => {
  it('shows one event a line', async () => {
    const { code, stdout } = await usher(fleet.words('events'));
    expect(code).toBe(0);
    expect(stdout).toBe(
      '2026-01-02T03:04:05.000Z orchestrator: shard.admit eu-1.1: because\n' +
        '2026-01-02T03:04:05.000Z orchestrator: room.seat /x: because\n',
    );
    const { stdout: json } = await usher(fleet.words('events', '--json'));
    expect(JSON.parse(json)).toEqual(fleet.api.state.events);
    fleet.api.state.events = [];
    expect((await usher(fleet.words('events'))).stdout).toBe('no events\n');
  });

  it('asks for what the flags say', async () => {
    const before = Date.now();
    const flags = ['--room', 'Acme/Stand Up', '--shard', 'eu-1', '--since', '10m', '--limit', '5'];
    await usher(fleet.words('events', ...flags));
    const query = new URLSearchParams(fleet.api.requests[0]?.replace(/^.*\?/, ''));
    expect(Object.fromEntries(query)).toMatchObject({ room: 'acme/stand%20up', shard: 'eu-1', limit: '5' });
    const ago = before - Date.parse(query.get('since') ?? '');
    expect(ago).toBeGreaterThan(590_000);
    expect(ago).toBeLessThanOrEqual(600_000);
  });

  it.each(['10', 'm', '10 minutes'])('refuses --since %s', async (since) => {
    const { code, stderr } = await usher(fleet.words('events', '--since', since));
    expect(code).toBe(2);
    expect(stderr).toMatch(/A time is expected, as in 90s/);
  });
});

describe('usher events --follow', () => {
  it('goes on with what comes, over an API that is away, until Ctrl-C ends it well', async () => {
    running = startUsher(fleet.words('events', '--follow', '--json'));
    await asked(3);
    fleet.api.state.events.push(event('shard.drain'));
    await asked(fleet.api.requests.length + 3);
    await fleet.api.close();
    await running.said('is out of reach');
    fleet.api.state.events.push(event('shard.remove'));
    await fleet.restartApi();
    await asked(3);
    running.signal('SIGINT');
    const { code, stdout } = await running.outcome;
    expect(code).toBe(0);
    const told = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).action);
    expect(told).toEqual(['shard.admit', 'room.seat', 'shard.drain', 'shard.remove']);
  });

  it('fails at once when it can begin with nothing', async () => {
    await fleet.api.close();
    expect(await usher(fleet.words('events', '--follow'))).toMatchObject({ code: 1, stdout: '' });
    await fleet.restartApi();
  });
});
