import { randomBytes } from 'node:crypto';
import { Agent } from 'node:http';
import type { Client } from '@xmpp/client';
import { sleep } from '../../common/time.ts';
import { type XmppDomains, xmppDomains } from '../../shards/domains.ts';
import { ask } from './http.ts';
import { type GroupMessage, MucRoom } from './muc-room.ts';
import type { ProxyChoice } from './proxy-choice.ts';
import { configTarget, mucJid, type RoomAddress, signallingTarget } from './room-address.ts';
import { askShardName, logIn, logOut, ping, type Transport } from './xmpp-login.ts';

/** lib-jitsi-meet's interval. */
const pingEveryMs = 10_000;

/** Who joins what, and how. */
export interface SessionOptions {
  readonly room: RoomAddress;
  readonly transport: Transport;
  readonly choice: ProxyChoice;
  readonly onMessage: (message: GroupMessage) => void;
}

/** One stay in a meeting: from the first HTTP request to the end of the stream. */
export interface Session {
  readonly shard: string;
  readonly nick: string;
  readonly muc: MucRoom;
  /** How long the first routed request took, in milliseconds: for a new room it holds the claim. */
  readonly firstRequestMs: number;
  /** Aborts when the stream is gone, whoever ended it. */
  readonly closed: AbortSignal;
  /** Leaves the room and closes the stream. */
  end(): Promise<void>;
}

/** The web's header and the XMPP identity name different shards: lib-jitsi-meet reloads the page. */
export class ShardMismatch extends Error {}

/**
 * Joins as lib-jitsi-meet does: configuration, conference request, XMPP log-in, the shard's name, MUC.
 * @throws ShardMismatch, NotNow, BadStatus, or what the connection or the server said.
 */
export async function openSession(options: SessionOptions, signal: AbortSignal): Promise<Session> {
  const agent = new Agent({ keepAlive: true });
  const closed = new AbortController();
  closed.signal.addEventListener('abort', () => agent.destroy(), { once: true });
  try {
    return await open(options, agent, closed, signal);
  } catch (error) {
    closed.abort();
    throw error;
  }
}

async function open(
  { room, transport, choice, onMessage }: SessionOptions,
  agent: Agent,
  closed: AbortController,
  signal: AbortSignal,
): Promise<Session> {
  const domains = xmppDomains();
  const startedAt = performance.now();
  const named = [await askConfig(choice.current, room, agent, signal)];
  const firstRequestMs = performance.now() - startedAt;
  named.push(await requestConference(choice.current, room, domains, agent, signal));

  const target = signallingTarget(room, transport === 'bosh' ? 'http-bind' : 'xmpp-websocket');
  const connection = await logIn(transport, { choice, target, agent }, domains.main, signal);
  connection.on('disconnect', () => closed.abort());
  try {
    const shard = await askShardName(connection, domains.main);
    const other = named.find((name) => name !== shard);
    if (other !== undefined) throw new ShardMismatch(`XMPP says ${shard}, X-Jitsi-Shard ${other}`);
    const nick = randomBytes(4).toString('hex');
    const muc = new MucRoom(connection, mucJid(room, domains.muc), nick, onMessage);
    await muc.join(AbortSignal.any([signal, closed.signal]));
    void keepAlive(connection, domains.main, closed);
    const end = () => endSession(connection, muc, closed);
    return { shard, nick, muc, firstRequestMs, closed: closed.signal, end };
  } catch (error) {
    await logOut(connection);
    throw error;
  }
}

/** The shard that the proxy routes the room's configuration to, by its X-Jitsi-Shard. */
export async function askConfig(
  proxy: string,
  room: RoomAddress,
  agent: Agent,
  signal: AbortSignal,
): Promise<string> {
  const { headers } = await ask({ method: 'GET', url: `${proxy}${configTarget(room)}`, agent }, signal);
  return String(headers['x-jitsi-shard'] ?? '');
}

async function requestConference(
  proxy: string,
  room: RoomAddress,
  domains: XmppDomains,
  agent: Agent,
  signal: AbortSignal,
): Promise<string> {
  const { headers } = await ask(
    {
      method: 'POST',
      url: `${proxy}${signallingTarget(room, 'conference-request/v1')}`,
      contentType: 'application/json',
      body: JSON.stringify({ room: mucJid(room, domains.muc), properties: {} }),
      agent,
    },
    signal,
  );
  return String(headers['x-jitsi-shard'] ?? '');
}

async function keepAlive(connection: Client, domain: string, closed: AbortController): Promise<void> {
  // The first ping at a random time: participants that joined together would ping together.
  for (let wait = Math.random() * pingEveryMs; await sleep(wait, closed.signal); wait = pingEveryMs) {
    try {
      await ping(connection, domain);
    } catch {
      closed.abort();
      await logOut(connection);
    }
  }
}

async function endSession(connection: Client, muc: MucRoom, closed: AbortController): Promise<void> {
  try {
    if (!closed.signal.aborted) await muc.leave();
  } catch {
    // The stream was faster.
  }
  await logOut(connection);
  closed.abort();
}
