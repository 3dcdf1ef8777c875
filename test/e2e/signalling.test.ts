import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLogger } from '../../common/log.ts';
import { waitFor } from '../../common/time.ts';
import { connectRedis } from '../../haproxy/stick-table/connection.ts';
import { StickTable } from '../../haproxy/stick-table/stick-table.ts';
import type { FleetStatus } from '../../orchestrator/api/schema/fleet.ts';
import { stepOf, weekSteps } from '../../orchestrator/scaling/forecast/step.ts';
import { LoadHistory } from '../../orchestrator/scaling/load-history/load-history.ts';
import { unknownStep } from '../../orchestrator/scaling/load-history/load-step.ts';
import { type RunningFleet, startTemporaryFleet } from '../fleet/running-fleet.ts';
import { Meeting } from '../participants/meeting.ts';
import { judgeMeeting } from '../participants/oracle.ts';
import { newRoomOn } from './testing/rooms-of.ts';
import { apiOf, shardIn, untilStatus, usherOn } from './testing/usher-on.ts';

const patient = AbortSignal.timeout(600_000);

// One story: each test goes on where the one before it ended. A shard takes 8 of its 10 participants.
describe('shards that follow the load of their signalling', { timeout: 120_000 }, () => {
  let fleet: RunningFleet;
  const meetings: Meeting[] = [];

  beforeAll(async () => {
    const signalling = { participants: 10, shards: 'follow', max: 3, drainAfterMs: 0 } as const;
    fleet = await startTemporaryFleet({ shards: { 'eu-1': 'eu' }, scaling: { signalling } });
  }, 120_000);
  afterAll(async () => {
    await Promise.all(meetings.map((meeting) => meeting.end()));
    await fleet?.stop();
  });

  const until = (what: string, is: (status: FleetStatus) => boolean) => untilStatus(fleet, what, is);
  const hold = async (shard: string, size: number) => {
    const room = await newRoomOn(apiOf(fleet), shard, `on-${shard}-${meetings.length}`);
    const meeting = new Meeting({ room: { tenant: '', name: room.slice(1) }, size, proxies: fleet.proxies });
    meetings.push(meeting);
    await meeting.join(patient);
    return meeting;
  };
  const takesRooms = ({ shards }: FleetStatus, name: string) =>
    (shards.find((shard) => shard.name === name)?.buckets ?? 0) > 0;
  const eventsOf = async (action: string) =>
    (await apiOf(fleet).events({ limit: 500 })).events.filter((event) => event.action === action);

  it('says when a shard is near its limit, and adds none before there is need', async () => {
    await hold('eu-1', 4);
    await hold('eu-1', 4);
    const { shards, signalling } = await until('eu-1 is not near its limit', (status) => {
      const { participants, websockets, near } = shardIn(status, 'eu-1').signalling ?? {};
      return participants === 8 && near === true && (websockets ?? 0) > 0;
    });
    expect(shards).toHaveLength(1);
    expect(signalling).toMatchObject([
      { region: 'eu', participants: 8, do: 'nothing', short: false, advice: null },
    ]);
    expect((await usherOn(fleet, ['shard', 'list'])).stdout).toMatch(/80 %, near its limit/);
    expect((await usherOn(fleet, ['doctor'])).stdout).toMatch(
      /signalling is near its limit: 8 of 10 participants/,
    );
    const metrics = await (
      await fetch(
        `http://${fleet.fleet.orchestrator.api.map(({ host, port }) => `${host}:${port}`)[0]}/metrics`,
      )
    ).text();
    expect(metrics).toMatch(/usher_shard_signalling_ratio\{shard="eu-1"\} 0\.8/);
    expect(await eventsOf('signalling.near')).toHaveLength(1);
  });

  it('adds a shard like it, which takes rooms, and no other', async () => {
    await hold('eu-1', 2);
    await until('no second shard takes rooms', (status) => takesRooms(status, 'eu-2'));
    await hold('eu-2', 2);
    const { shards } = await until(
      'there is no room for all',
      ({ signalling: [eu] }) => eu?.participants === 12 && !eu.short,
    );
    expect(shards.map(({ name }) => name)).toEqual(['eu-1', 'eu-2']);
    expect(await eventsOf('signalling.add')).toHaveLength(1);
  });

  it('drains the emptiest when the week needs no more, also under another leader, and cuts nobody', async () => {
    for (const meeting of meetings.slice(1, 3)) await meeting.end();
    await until('the meetings do not end', ({ signalling: [eu] }) => eu?.participants === 6);
    await writeWeek(fleet);
    process.kill(fleet.processes.find('orchestrator')?.pid ?? 0, 'SIGKILL');
    await until(
      'eu-2 does not drain',
      (status) => shardIn(status, 'eu-2').desired === 'draining' && !takesRooms(status, 'eu-2'),
    );
    expect(shardIn(await apiOf(fleet).status(), 'eu-2')).toMatchObject({ participants: 2, removing: false });
    for (const meeting of [meetings[0], meetings[3]]) {
      expect(await meeting?.check(patient)).toMatchObject({ absent: [], unheard: [] });
    }
  });

  it('takes the drain back before it adds another', async () => {
    await hold('eu-1', 3);
    await until('eu-2 takes no rooms again', (status) => takesRooms(status, 'eu-2'));
    const { shards } = await until(
      'there is no room for all',
      ({ signalling: [eu] }) => eu?.participants === 9 && !eu.short,
    );
    expect(shards.map(({ name }) => name)).toEqual(['eu-1', 'eu-2']);
    expect(await eventsOf('signalling.undrain')).toHaveLength(1);
    for (const meeting of meetings) {
      expect(judgeMeeting(meeting.record)).toMatchObject({
        split: undefined,
        moved: undefined,
        cut: undefined,
      });
    }
  });
});

/** A week in which never more than five people were there. */
async function writeWeek({ fleet }: RunningFleet): Promise<void> {
  const connection = connectRedis(fleet.redis, createLogger('test', 'silent'));
  await waitFor(() => connection.runId(), { timeoutMs: 5_000, describe: () => 'Redis is not in reach' });
  const loads = new LoadHistory(
    new StickTable(connection, fleet.name, fleet.redis.replicas),
    fleet.history.weeks,
  );
  const now = stepOf(Date.now());
  for (let step = now - weekSteps; step <= now; step += 1) {
    await loads.write(step, new Map([['main/eu', { ...unknownStep, participants: 5 }]]));
  }
  connection.close();
}
