import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sleep, waitFor } from '../../../common/time.ts';
import type { TestProgram } from '../simulator/testing/test-program.ts';
import { startTestShard, type TestShard } from '../simulator/testing/test-shard.ts';

interface Meeting {
  room: string;
  leave: () => Promise<unknown>;
}

describe('jicofo simulator, with a real Prosody and simulated bridges', () => {
  let shard: TestShard;
  let jicofo: TestProgram;
  const bridges = new Map<string, TestProgram>();
  let rooms = 0;

  const until = (what: string, found: () => Promise<boolean>) =>
    waitFor(async () => (await found()) || undefined, {
      timeoutMs: 20_000,
      everyMs: 20,
      describe: () => `never ${what}`,
    });
  const health = async () => (await fetch(`${jicofo.url}/about/health`)).status;
  const request = (room: string) => jicofo.post('/conference-request/v1', { room });
  const nextRoom = () => {
    rooms += 1;
    return `room-${rooms}@muc.meet.jitsi`;
  };
  const stats = async (name: string) => (await bridges.get(name)?.get('/colibri/stats')) ?? {};
  const endpoints = async (name: string) => (await stats(name)).local_endpoints;

  /** Name of the bridge a room is on; empty when it has none. */
  async function bridgeOf(room: string): Promise<string> {
    const conferences = await jicofo.get('/debug/conferences-full');
    const { bridgeJid } = (conferences[room] ?? {}) as { bridgeJid?: string };
    return bridgeJid?.split('/')[1] ?? '';
  }

  async function knownBridges(): Promise<number> {
    const { bridge_selector: selector } = await jicofo.get('/stats');
    return (selector as Record<string, number>).bridge_count ?? 0;
  }

  async function startBridge(name: string): Promise<TestProgram> {
    const known = await knownBridges();
    const bridge = await shard.bridge(name, { shuttingDownDelayMs: 500, orphanTimeoutMs: 1_000 });
    bridges.set(name, bridge);
    await until(`knew ${name}`, async () => (await knownBridges()) > known);
    return bridge;
  }

  /** Two participants in a new room; resolves when both have their endpoints. */
  async function meet(): Promise<Meeting> {
    const room = nextRoom();
    expect((await request(room)).status).toBe(200);
    const leavers = [await shard.participant(room, 'ann'), await shard.participant(room, 'bob')];
    await until(`placed ${room}`, async () => (await bridgeOf(room)) !== '' && (await allPlaced()));
    return { room, leave: () => Promise.all(leavers.map((leave) => leave())) };
  }

  /** Whether every participant Jicofo knows has its endpoint. */
  async function allPlaced(): Promise<boolean> {
    const counts = await Promise.all([...bridges.keys()].map(async (name) => Number(await endpoints(name))));
    return counts.reduce((sum, count) => sum + count, 0) === (await jicofo.get('/stats')).participants;
  }

  async function allOver(): Promise<void> {
    await until('ended', async () => ((await jicofo.get('/stats')).conferences as number) === 0);
    for (const name of bridges.keys())
      await until(`emptied ${name}`, async () => (await endpoints(name)) === 0);
  }

  beforeAll(async () => {
    shard = await startTestShard();
    jicofo = await shard.jicofo({ initialTimeoutMs: 1_000, singleParticipantTimeoutMs: 300 });
  });

  afterAll(() => shard[Symbol.asyncDispose]());

  it('starts fast and small, and is unhealthy until it knows a bridge', async () => {
    expect(jicofo.startedInMs).toBeLessThan(3_000);
    expect(jicofo.memory().own).toBeLessThan(80e6);
    expect(await health()).toBe(500);
    await startBridge('b1');
    expect(await health()).toBe(200);
  });

  it('refuses what is not a room of its conference domain', async () => {
    expect((await request('room@elsewhere.org')).status).toBe(400);
    expect((await request('room')).status).toBe(400);
    expect((await jicofo.post('/conference-request/v1')).status).toBe(400);
  });

  it('joins a requested room, and gives it up when nobody comes', async () => {
    const room = nextRoom();
    const answer = await request(room);
    expect(await answer.json()).toMatchObject({ room, ready: true, focusJid: 'focus@auth.meet.jitsi' });
    expect(await jicofo.get('/debug/conferences')).toEqual([room]);
    await allOver();
  });

  it('puts a meeting on one bridge from the second participant on, and ends it with the last', async () => {
    const room = nextRoom();
    await request(room);
    const ann = await shard.participant(room, 'ann');
    await sleep(300);
    expect(await endpoints('b1')).toBe(0);
    const bob = await shard.participant(room, 'bob');
    const eve = await shard.participant(room, 'eve');
    await until('had three endpoints', async () => (await endpoints('b1')) === 3);
    expect(await jicofo.get('/stats')).toMatchObject({
      conferences: 1,
      participants: 3,
      largest_conference: 3,
    });
    await bob();
    await until('expired one', async () => (await endpoints('b1')) === 2);
    await eve();
    await until('let the single participant go', async () => (await endpoints('b1')) === 0);
    await ann();
    await allOver();
  });

  it('spreads meetings by load', async () => {
    await startBridge('b2');
    // The endpoints of the tests before still count as stress on b1 for 20 s.
    const meetings = [await meet(), await meet(), await meet(), await meet()];
    const used = await Promise.all(meetings.map(({ room }) => bridgeOf(room)));
    expect(new Set(used)).toEqual(new Set(['b1', 'b2']));
    await Promise.all(meetings.map(({ leave }) => leave()));
    await allOver();
  });

  it('gives a draining bridge nothing new, and leaves it what it has', async () => {
    const old = await meet();
    const draining = await bridgeOf(old.room);
    await bridges.get(draining)?.post('/colibri/drain/enable');
    // Jicofo learns it by the next presence.
    await sleep(600);
    const meetings: Meeting[] = [];
    for (let count = 0; count < 3; count += 1) {
      const meeting = await meet();
      expect(await bridgeOf(meeting.room)).not.toBe(draining);
      meetings.push(meeting);
    }
    expect(await bridgeOf(old.room)).toBe(draining);
    expect(await endpoints(draining)).toBe(2);
    await bridges.get(draining)?.post('/colibri/drain/disable');
    await Promise.all([old, ...meetings].map(({ leave }) => leave()));
    await allOver();
  });

  it('moves a meeting whose bridge is lost', async () => {
    const { room, leave } = await meet();
    const lost = await bridgeOf(room);
    const other = lost === 'b1' ? 'b2' : 'b1';
    await bridges.get(lost)?.stop('SIGKILL');
    bridges.delete(lost);
    await until('moved', async () => (await bridgeOf(room)) === other && (await endpoints(other)) === 2);
    await leave();
    await allOver();
    await startBridge(lost);
  });

  it('leaves a meeting on a bridge in graceful shutdown, which exits 0 after it', async () => {
    const { room, leave } = await meet();
    const name = await bridgeOf(room);
    const leaving = bridges.get(name);
    await leaving?.post('/colibri/shutdown', { 'graceful-shutdown': 'true' });
    const other = await meet();
    expect(await bridgeOf(other.room)).not.toBe(name);
    expect(await bridgeOf(room)).toBe(name);
    expect(await endpoints(name)).toBe(2);
    await leave();
    expect(await leaving?.exited).toBe(0);
    bridges.delete(name);
    await other.leave();
    await allOver();
    await startBridge(name);
  });

  it('survives a restart of Prosody, as do the bridges', async () => {
    const before = await meet();
    const pending = before.leave();
    await shard.stopProsody();
    // 500 when it heard the bridges thrown out before its own stream ended, else 503.
    await until('noticed', async () => (await health()) !== 200);
    await pending;
    await shard.startProsody();
    await until('came back', async () => (await health()) === 200 && (await knownBridges()) === 2);
    await allOver();
    const after = await meet();
    await after.leave();
    await allOver();
  });
});
