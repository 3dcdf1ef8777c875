import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { apiBases } from '../../cli/api/open-api.ts';
import { sleep, waitFor } from '../../common/time.ts';
import { hostPort } from '../../haproxy/config/address.ts';
import type { FleetStatus } from '../../orchestrator/api/schema/fleet.ts';
import { orchestratorsOf } from '../../orchestrator/local-fleet/fleet-processes.ts';
import { joinRooms } from '../bench/split/clients.ts';
import { type RunningFleet, startTemporaryFleet } from '../fleet/running-fleet.ts';
import { Meeting } from '../participants/meeting.ts';
import { judgeMeeting } from '../participants/oracle.ts';
import { startedPrograms } from './testing/leftovers.ts';
import { countByShard, newRoomOn } from './testing/rooms-of.ts';
import { apiOf, shardIn, untilStatus, usherHere } from './testing/usher-on.ts';

const patient = AbortSignal.timeout(600_000);

// One story: each test goes on where the one before it ended, with a meeting on eu-1 all along.
describe('two orchestrators', { timeout: 120_000 }, () => {
  let fleet: RunningFleet;
  let meeting: Meeting;

  beforeAll(async () => {
    fleet = await startTemporaryFleet({
      shards: { 'eu-1': 'eu', 'eu-2': 'eu', 'eu-3': 'eu' },
      orchestrators: 2,
    });
    const room = await newRoomOn(apiOf(fleet), 'eu-1', 'stays');
    meeting = new Meeting({ room: { tenant: '', name: room.slice(1) }, size: 2, proxies: fleet.proxies });
    await meeting.join(patient);
  }, 120_000);
  afterAll(async () => {
    await meeting?.end();
    await fleet?.stop();
  });

  const until = (what: string, is: (status: FleetStatus) => boolean) => untilStatus(fleet, what, is);
  const states = ({ orchestrators }: FleetStatus) => orchestrators.map(({ state }) => state).toSorted();
  /** The pid of who leads: one that was killed is started again at once, and may lead again. */
  const leaderIn = ({ orchestrators }: FleetStatus) => {
    const found = orchestrators.find(({ state }) => state === 'leads')?.api;
    const name = orchestratorsOf(fleet.fleet).find(({ api }) => hostPort(api) === found)?.name;
    return name === undefined ? undefined : fleet.processes.find(name)?.pid;
  };
  /** Does this to the leader; resolves to its pid when another process leads. */
  const topple = async (signal: NodeJS.Signals) => {
    const before = leaderIn(await apiOf(fleet).status()) ?? 0;
    process.kill(before, signal);
    await until('nobody else leads', (status) => ![before, undefined].includes(leaderIn(status)));
    return before;
  };
  const orchestratorPids = () =>
    orchestratorsOf(fleet.fleet).map(({ name }) => fleet.processes.find(name)?.pid ?? 0);
  const shardsOfNewRooms = async (prefix: string) => {
    const proxies = fleet.fleet.proxies.flatMap(({ bind }) => bind);
    const joined = await joinRooms({ proxies, rooms: 40, prefix, path: '/config.js' });
    expect(joined).toMatchObject({ split: 0, refused: 0 });
    return Object.keys(countByShard(joined.outcomes)).toSorted();
  };
  const settled = (status: FleetStatus) => status.operations.every(({ kind }) => kind !== 'move');

  it('have one lead, and the other say so', async () => {
    const status = await apiOf(fleet).status();
    expect(states(status)).toEqual(['leads', 'stands by']);
    const answers = await Promise.all(apiBases(fleet.fleet).map((base) => fetch(`${base}/v1/rooms`)));
    expect(answers.map(({ status: code }) => code).toSorted()).toEqual([200, 503]);
    const leader = status.orchestrators.find(({ state }) => state === 'leads')?.api;
    expect(await answers.find(({ ok }) => !ok)?.json()).toMatchObject({
      error: { message: expect.stringContaining(`ask ${leader}`) },
      leader,
    });
    const { stdout } = await usherHere(fleet, ['status']);
    expect(stdout).toMatch(/^Orchestrators: .*:\d+ (leads, .*:\d+ stands by|stands by, .*:\d+ leads)$/m);
  });

  it('end a move of buckets whose leader was killed in its middle', async () => {
    expect(await usherHere(fleet, ['shard', 'cordon', 'eu-3'])).toMatchObject({ code: 0 });
    await until('no bucket is on hold', ({ operations }) => operations.some(({ phase }) => phase === 'hold'));
    await topple('SIGKILL');
    await until(
      'eu-3 keeps its buckets',
      (status) => settled(status) && shardIn(status, 'eu-3').buckets === 0,
    );
    expect(await shardsOfNewRooms('moved')).toEqual(['eu-1', 'eu-2']);
  });

  it('keep an operator’s cordon over a shard’s illness and the end of both', async () => {
    const jicofo = fleet.processes.find('eu-3-jicofo')?.pid ?? 0;
    process.kill(jicofo, 'SIGSTOP');
    await until('eu-3 is not ill', (status) => shardIn(status, 'eu-3').observed === 'degraded');
    const before = orchestratorPids();
    const over = new AbortController();
    const told = watchAnswers(apiBases(fleet.fleet), over.signal);
    for (const pid of before) process.kill(pid, 'SIGTERM');
    process.kill(jicofo, 'SIGCONT');
    const status = await until(
      'both are not back, or eu-3 is not well',
      (now) => states(now).join() === 'leads,stands by' && shardIn(now, 'eu-3').observed === 'ready',
    );
    expect(shardIn(status, 'eu-3')).toMatchObject({ desired: 'cordoned', buckets: 0 });
    for (const pid of orchestratorPids()) expect(before).not.toContain(pid);
    over.abort();
    // Who does not know them yet says so: nobody is shown a fleet without shards.
    expect(await told).toEqual({ shards: ['eu-1 eu-2 eu-3'], bridges: ['3'], scale: ['eu-1 eu-2 eu-3'] });
    expect(await shardsOfNewRooms('cordoned')).toEqual(['eu-1', 'eu-2']);
  });

  it('agree on who leads when a leader that was stopped goes on', async () => {
    const stopped = await topple('SIGSTOP');
    expect(await usherHere(fleet, ['shard', 'uncordon', 'eu-3'])).toMatchObject({ code: 0 });
    process.kill(stopped, 'SIGCONT');
    const status = await until('both do not answer', (now) => states(now).join() === 'leads,stands by');
    expect(leaderIn(status)).not.toBe(stopped);
    await until('eu-3 gets no buckets', (now) => settled(now) && shardIn(now, 'eu-3').buckets > 0);
    expect(await shardsOfNewRooms('again')).toEqual(['eu-1', 'eu-2', 'eu-3']);
  });

  it('end a removal whose leader was killed when the overlay was gone and the shard was not', async () => {
    const overlay = join(fleet.folder, 'shards', 'eu-3', 'kustomization.yaml');
    await until('eu-3 has rooms still', (now) => shardIn(now, 'eu-3').rooms === 0);
    await apiOf(fleet).removeShard('eu-3', {});
    const leader = leaderIn(await apiOf(fleet).status()) ?? 0;
    await waitFor(() => (existsSync(overlay) ? undefined : true), {
      timeoutMs: 60_000,
      everyMs: 1,
      describe: () => 'the overlay stays',
    });
    process.kill(leader, 'SIGKILL');
    const gone = ({ shards, operations }: FleetStatus) =>
      operations.length === 0 && !shards.some(({ name }) => name === 'eu-3');
    const status = await until('eu-3 is still there', gone);
    expect(leaderIn(status)).not.toBe(leader);
    expect([...startedPrograms(fleet.state).keys()].filter((name) => name.startsWith('eu-3'))).toEqual([]);
    expect(existsSync(join(fleet.state, 'shards', 'eu-3'))).toBe(false);
  });

  it('have not troubled anybody', async () => {
    expect(await meeting.check(patient)).toMatchObject({ absent: [], unheard: [] });
    expect(judgeMeeting(meeting.record)).toMatchObject({
      split: undefined,
      moved: undefined,
      cut: undefined,
    });
  });
});

/** All lists that orchestrators answer with until `signal` aborts, as often as they can be asked: those that differ. */
async function watchAnswers(bases: readonly string[], signal: AbortSignal) {
  const told = { shards: new Set<string>(), bridges: new Set<string>(), scale: new Set<string>() };
  const named = z.array(z.object({ name: z.string() }));
  const namesOf = async (url: string) => {
    const response = await fetch(url, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
    return response?.ok ? named.parse(await response.json()).map(({ name }) => name) : undefined;
  };
  const ask = async (base: string) => {
    do {
      const shards = await namesOf(`${base}/v1/shards`);
      const bridges = await namesOf(`${base}/v1/bridges`);
      const scale = await namesOf(`${base}/v1/scale`);
      if (shards) told.shards.add(shards.join(' '));
      if (bridges) told.bridges.add(`${bridges.length}`);
      if (scale) told.scale.add(scale.join(' '));
    } while (await sleep(2, signal));
  };
  await Promise.all(bases.map(ask));
  return { shards: [...told.shards], bridges: [...told.bridges], scale: [...told.scale] };
}
