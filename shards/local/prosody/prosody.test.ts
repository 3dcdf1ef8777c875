import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { type Client, client, type Element, xml } from '@xmpp/client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readCensus } from '../../census/read-census.ts';
import { startProsody } from './prosody.ts';
import { startTestProsody, type TestProsody } from './test-prosody.ts';

const signal = new AbortController().signal;
const muc = 'http://jabber.org/protocol/muc';

let prosody: TestProsody;
const clients: Client[] = [];

beforeAll(async () => {
  prosody = await startTestProsody();
});

afterEach(async () => {
  await Promise.all(clients.splice(0).map((each) => each.stop()));
});

afterAll(() => prosody.close());

/** Logs in: a user of the auth domain over TCP, or a participant over the websocket. */
async function logIn(user?: string, password = user): Promise<Client> {
  const { settings, domains } = prosody;
  const connection = client(
    user === undefined
      ? { service: `ws://127.0.0.1:${settings.httpPort}/xmpp-websocket`, domain: domains.main }
      : {
          ...{ service: `xmpp://127.0.0.1:${settings.c2sPort}`, domain: domains.auth },
          ...{ username: user, password: password ?? '' },
        },
  );
  connection.reconnect.stop();
  connection.setMaxListeners(0);
  connection.on('error', () => undefined);
  clients.push(connection);
  await connection.start();
  return connection;
}

/** Joins, and waits for the own presence, with which the MUC closes the list of occupants (XEP-0045). */
async function join(connection: Client, room: string, nick: string): Promise<void> {
  const joined = new Promise<void>((resolve) => {
    connection.on('stanza', (stanza: Element) => {
      if (stanza.is('presence') && stanza.attrs.from === `${room}/${nick}`) resolve();
    });
  });
  await connection.send(xml('presence', { to: `${room}/${nick}` }, xml('x', { xmlns: muc })));
  await joined;
}

async function rooms() {
  const census = await readCensus(prosody.url, prosody.domains.main, signal);
  if (!census.ok) throw new Error(census.reason);
  return census.rooms;
}

describe('Prosody of a local shard', () => {
  it('names its shard and region to participants', async () => {
    const participant = await logIn();
    const query = xml('query', { xmlns: 'http://jabber.org/protocol/disco#info' });
    const answer = await participant.iqCaller.request(
      xml('iq', { type: 'get', to: prosody.domains.main }, query),
      5_000,
    );
    const identities =
      answer
        .getChild('query')
        ?.getChildren('identity')
        .map(({ attrs }) => attrs) ?? [];
    expect(identities).toContainEqual({ category: 'server', type: 'shard', name: 'eu-1' });
    expect(identities).toContainEqual({ category: 'server', type: 'region', name: 'eu' });
  });

  it('lets Jicofo and the bridges in by password, and nobody else', async () => {
    await logIn('focus');
    await logIn('jvb');
    await expect(logIn('jvb', 'wrong')).rejects.toThrow('not-authorized');
    await expect(logIn('other')).rejects.toThrow('not-authorized');
  });

  it('lets bridges meet in the brewery', async () => {
    const brewery = `jvbbrewery@${prosody.domains.internalMuc}`;
    await join(await logIn('jvb'), brewery, 'bridge-1');
    await join(await logIn('focus'), brewery, 'focus');
    expect(await rooms()).toEqual([]);
  });

  it('counts participants in its census, without the focus and without health checks', async () => {
    const before = Date.now();
    const focus = await logIn('focus');
    const room = `[acme]caf%c3%a9@${prosody.domains.muc}`;
    await join(focus, room, 'focus');
    await join(focus, `__jicofo-health-check-1@${prosody.domains.muc}`, 'focus');
    await join(await logIn(), room, 'a1b2c3d4');
    await join(await logIn(), room, 'e5f6a7b8');

    const [only, ...others] = await rooms();
    expect(others).toEqual([]);
    expect(only).toMatchObject({ jid: room, participants: 2, leaked: false });
    expect(only?.createdAt).toBeGreaterThanOrEqual(before - 1);
    expect(only?.createdAt).toBeLessThanOrEqual(Date.now());
  });

  it('drops a room when the last one leaves', async () => {
    const participant = await logIn();
    await join(participant, `short@${prosody.domains.muc}`, 'a1b2c3d4');
    expect(await rooms()).toHaveLength(1);
    await participant.stop();
    await expect.poll(rooms).toEqual([]);
  });

  it('keeps more rooms than Prosody does by default', async () => {
    const participant = await logIn();
    const names = Array.from({ length: 120 }, (_, index) => `room${index}@${prosody.domains.muc}`);
    await Promise.all(names.map((room) => join(participant, room, 'a1b2c3d4')));
    expect(await rooms()).toHaveLength(120);
  });

  it('says which port is taken', async () => {
    const stranger = createServer().listen(0, '127.0.0.1');
    await once(stranger, 'listening');
    const { port: httpPort } = stranger.address() as AddressInfo;
    const c2sPort = await prosody.ports.port('eu-2/c2s', { free: true });
    const settings = { ...prosody.settings, shard: 'eu-2', httpPort, c2sPort };
    await expect(startProsody(prosody.processes, settings, signal)).rejects.toThrow(
      `eu-2-prosody can't start: port ${httpPort} of 127.0.0.1 is in use by another program`,
    );
    stranger.close();
  });
});
