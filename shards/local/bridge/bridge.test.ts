import { type Element, xml } from '@xmpp/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLogger } from '../../../common/log.ts';
import { sleep, waitFor } from '../../../common/time.ts';
import { joinRoom, parseMucPresence } from '../../brewery/muc.ts';
import { isStanzaError, keepSession, type XmppSession } from '../../brewery/xmpp-session.ts';
import type { TestProgram } from '../simulator/testing/test-program.ts';
import { startTestShard, type TestShard } from '../simulator/testing/test-shard.ts';
import { colibri2Namespace } from './colibri2.ts';

/** A conference-modify as Jicofo sends it. */
function conferenceModify(
  meetingId: string,
  create: boolean,
  endpoints: Record<string, 'create' | 'expire'>,
): Element {
  const children = Object.entries(endpoints).map(([id, action]) =>
    xml('endpoint', { xmlns: colibri2Namespace, id, [action]: 'true' }, xml('transport')),
  );
  const attributes = {
    xmlns: colibri2Namespace,
    'meeting-id': meetingId,
    ...(create ? { create: 'true', name: `${meetingId}@conference.d` } : {}),
  };
  return xml('conference-modify', attributes, ...children);
}

describe('bridge simulator, with a real Prosody', () => {
  let shard: TestShard;
  let bridge: TestProgram;
  let focus: XmppSession;
  const presences: { atMs: number; stats: Element }[] = [];
  const stop = new AbortController();
  let session: Promise<void>;

  const occupant = (name: string) => `${shard.breweryJid}/${name}`;
  const ask = (name: string, payload: Element) => focus.request(occupant(name), payload, 5_000);
  const stats = () => bridge.get('/colibri/stats');
  const until = (what: string, found: () => Promise<boolean>) =>
    waitFor(async () => (await found()) || undefined, {
      timeoutMs: 10_000,
      everyMs: 20,
      describe: () => `never ${what}`,
    });

  beforeAll(async () => {
    shard = await startTestShard();
    const ready = Promise.withResolvers<void>();
    session = keepSession(
      shard.account('focus'),
      async (opened) => {
        focus = opened;
        opened.onStanza((stanza) => {
          const presence = parseMucPresence(stanza);
          const extension = stanza.getChild('stats');
          if (presence?.nick === 'b1' && extension) presences.push({ atMs: Date.now(), stats: extension });
        });
        await joinRoom(opened, shard.breweryJid, 'focus');
        ready.resolve();
      },
      stop.signal,
      createLogger('test', 'silent'),
    );
    await ready.promise;
    bridge = await shard.bridge('b1', { bitsPerSecondPerParticipant: 3_000_000, bitRateWobble: 0 });
    await until('joined', async () => (await stats()).mucs_joined === 1);
  });

  afterAll(async () => {
    stop.abort();
    await session;
    await shard[Symbol.asyncDispose]();
  });

  it('starts fast and small', () => {
    expect(bridge.startedInMs).toBeLessThan(3_000);
    expect(bridge.memory().own).toBeLessThan(80e6);
  });

  it('sends its stats at every interval', async () => {
    presences.length = 0;
    await sleep(2_000);
    // 200 ms apart by configuration; the machine may be busy.
    expect(presences.length).toBeGreaterThanOrEqual(5);
    expect(presences.length).toBeLessThanOrEqual(11);
  });

  it('gives bit rates that follow its endpoints, each in its unit', async () => {
    await ask('b1', conferenceModify('m1', true, { a: 'create', b: 'create' }));
    await until('followed', async () => (await stats()).participants === 2);
    expect(await stats()).toMatchObject({
      bit_rate_download: 3_000,
      bit_rate_upload: 3_000,
      local_endpoints: 2,
    });
    const json = await fetch(`${bridge.url}/metrics`, { headers: { accept: 'application/json' } });
    expect(await json.json()).toMatchObject({ incoming_bitrate: 3_000_000, outgoing_bitrate: 3_000_000 });
    const text = await (await fetch(`${bridge.url}/metrics`)).text();
    expect(text).toMatch(/^jitsi_jvb_outgoing_bitrate 3000000$/m);
  });

  it('answers unknown conferences with the reason', async () => {
    const refused = await ask('b1', conferenceModify('nowhere', false, { a: 'create' })).catch(
      (error) => error,
    );
    expect(isStanzaError(refused) && refused.condition).toBe('item-not-found');
    expect(isStanzaError(refused) && refused.application?.attrs.reason).toBe('conference_not_found');
  });

  it('drains and takes it back, by REST and in presence', async () => {
    const presence = () =>
      presences
        .at(-1)
        ?.stats.getChildren('stat')
        .find(({ attrs }) => attrs.name === 'drain');
    await bridge.post('/colibri/drain/enable');
    expect(await bridge.get('/colibri/drain')).toEqual({ drain: true });
    await until('said so in its figures', async () => (await stats()).drain === true);
    await until('announced', async () => presence()?.attrs.value === 'true');
    await bridge.post('/colibri/drain/disable');
    await until('took back', async () => presence()?.attrs.value === 'false');
  });

  it('in graceful shutdown refuses new conferences, serves the old, and exits 0 when empty', async () => {
    const leaving = await shard.bridge('b2', { shuttingDownDelayMs: 100 });
    await until('joined', async () => (await leaving.get('/colibri/stats')).mucs_joined === 1);
    await ask('b2', conferenceModify('m2', true, { a: 'create' }));
    expect((await leaving.post('/colibri/shutdown', { 'graceful-shutdown': 'true' })).status).toBe(200);
    const refused = await ask('b2', conferenceModify('m3', true, { a: 'create' })).catch((error) => error);
    expect(isStanzaError(refused) && refused.application?.attrs.reason).toBe('graceful_shutdown');
    await ask('b2', conferenceModify('m2', false, { b: 'create' }));
    await sleep(500);
    const before = await leaving.get('/colibri/stats');
    expect(before).toMatchObject({ graceful_shutdown: true, shutting_down: false, local_endpoints: 2 });
    await ask('b2', conferenceModify('m2', false, { a: 'expire', b: 'expire' }));
    expect(await leaving.exited).toBe(0);
  });

  it('refuses a shutdown request without its field', async () => {
    expect((await bridge.post('/colibri/shutdown', {})).status).toBe(400);
    expect((await stats()).graceful_shutdown).toBe(false);
  });
});
