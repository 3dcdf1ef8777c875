import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CheckedFinding } from '../../cli/doctor/run-checks.ts';
import { waitFor } from '../../common/time.ts';
import { mapFile } from '../../haproxy/maps/map-file.ts';
import { RuntimeClient } from '../../haproxy/runtime/client.ts';
import { readEntry } from '../../haproxy/runtime/map-read.ts';
import { setEntries } from '../../haproxy/runtime/map-write.ts';
import { fleetPaths, proxyDirectory } from '../../orchestrator/local-fleet/paths.ts';
import { type RunningFleet, startTemporaryFleet } from '../fleet/running-fleet.ts';
import { Meeting } from '../participants/meeting.ts';
import { judgeMeeting } from '../participants/oracle.ts';
import { Participant } from '../participants/participant.ts';
import { newRoomOn } from './testing/rooms-of.ts';
import { apiOf, shardIn, usherHere } from './testing/usher-on.ts';

const patient = AbortSignal.timeout(600_000);

describe('usher doctor and the split detector, on a fleet with a meeting', { timeout: 120_000 }, () => {
  let fleet: RunningFleet;
  let meeting: Meeting;
  let room: string;

  beforeAll(async () => {
    fleet = await startTemporaryFleet({
      shards: { 'eu-1': 'eu', 'eu-2': 'eu' },
      timings: { splitsEveryMs: 1_000 },
    });
    room = await newRoomOn(apiOf(fleet), 'eu-1', 'doctor');
    meeting = new Meeting({ room: { tenant: '', name: room.slice(1) }, size: 2, proxies: fleet.proxies });
    await meeting.join(patient);
  }, 120_000);
  afterAll(async () => {
    await meeting?.end();
    await fleet?.stop();
  });

  const examine = async (...flags: string[]) => {
    const { code, stdout, stderr } = await usherHere(fleet, ['doctor', '--json', ...flags]);
    const { findings } = JSON.parse(stdout) as { findings: CheckedFinding[] };
    const bad = findings.filter(({ severity }) => severity !== 'ok');
    return { code, stderr, bad, findings };
  };
  const until = (what: string, is: () => Promise<boolean>) =>
    waitFor(async () => (await is()) || undefined, {
      timeoutMs: 40_000,
      everyMs: 300,
      describe: () => `never ${what}`,
    });
  const kinds = async () =>
    (await apiOf(fleet).splits()).splits.map((split) => `${split.kind} ${split.room}`);

  it('has nothing to complain of, and every check has looked', async () => {
    await until('looked', async () => (await apiOf(fleet).splits()).lookedAt !== null);
    const { code, bad, findings } = await examine();
    expect(bad).toEqual([]);
    expect(code).toBe(0);
    expect(new Set(findings.map(({ check }) => check)).size).toBe(15);
  });

  it('repairs a proxy that leads a room elsewhere, and moves nobody', async () => {
    const directory = proxyDirectory(fleetPaths(fleet.state), 'proxy-1');
    const runtime = new RuntimeClient({ address: join(directory, 'runtime.sock') });
    await setEntries(runtime, mapFile(directory, 'rooms'), [[room, 'eu-2.1']]);
    // At once: it is repaired in seconds.
    const [identity, drift] = await Promise.all([examine('--only', 'identity'), examine('--only', 'drift')]);
    expect(identity.bad).not.toEqual([]);
    expect(drift.bad).toMatchObject([{ severity: 'warn', where: 'proxy-1' }]);
    await until(
      'repaired',
      async () => (await readEntry(runtime, mapFile(directory, 'rooms'), room)) === 'eu-1.1',
    );
    await until('at peace', async () => (await kinds()).length === 0);
    expect(judgeMeeting(meeting.record)).toMatchObject({ split: undefined, cut: undefined });
  });

  it('reports people on two shards with both sides, and cuts nobody', async () => {
    const { web } = shardIn(await apiOf(fleet).status(), 'eu-2');
    const address = { tenant: '', name: room.slice(1) };
    const stray = new Participant({ name: 'stray', room: address, transport: 'websocket', proxies: [web] });
    await stray.join('warm', patient);
    try {
      await until('reported', async () => (await kinds()).includes(`shard-split ${room}`));
      const { code, bad } = await examine('--only', 'splits');
      expect(code).toBe(1);
      expect(bad).toMatchObject([{ check: 'splits', severity: 'error', where: room }]);
      expect(bad[0]?.what).toContain('census of eu-1.1: 2 participants');
      expect(bad[0]?.what).toContain('census of eu-2.1: 1 participant');
      expect(bad[0]?.doThis).toContain('ask those on eu-2.1 to rejoin');
      expect(await meeting.check(patient)).toMatchObject({ absent: [], unheard: [] });
      expect(stray.present).toBe(true);
    } finally {
      await stray.leave();
    }
    await until('ended', async () => (await kinds()).length === 0);
  });

  it('goes on with what it can see when orchestrator and Redis are gone', async () => {
    const killed = ['supervisor', 'orchestrator', 'redis'];
    for (const name of killed) {
      process.kill(fleet.processes.find(name)?.pid ?? 0, 'SIGKILL');
    }
    await until('gone', async () => !killed.some((name) => fleet.processes.isRunning(name)));
    const { code, bad } = await examine();
    expect(code).toBe(1);
    const found = bad.map(({ check, where }) => `${check} ${where}`);
    expect(found).toEqual(
      expect.arrayContaining([
        'processes supervisor',
        'processes orchestrator',
        'processes redis',
        expect.stringMatching(/^ports redis.url/),
        expect.stringMatching(/^sockets orchestrator at /),
        expect.stringMatching(/^redis Redis at /),
        'splits the orchestrator',
      ]),
    );
    // Shards are looked at directly, and those are well.
    expect(bad.filter(({ check }) => check === 'shards' || check === 'files')).toEqual([]);
  });
});
