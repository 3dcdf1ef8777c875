import { type Client, client, type Element, xml } from '@xmpp/client';
import { untilAborted } from '../../common/until-aborted.ts';
import { startClient } from '../../shards/brewery/start-client.ts';
import { trimFeatures } from '../../shards/brewery/stream-features.ts';
import type { BoshRoute } from './bosh-request.ts';
import { addBosh } from './bosh-transport.ts';
import { hearLateErrors } from './late-errors.ts';

const discoInfo = 'http://jabber.org/protocol/disco#info';
/** Generous: a thousand participants log in at once on a small machine. */
const answerWithinMs = 15_000;

/** How a participant's stream is carried. */
export type Transport = 'websocket' | 'bosh';

/**
 * An anonymous log-in. The connection is closed when `signal` aborts before it is online.
 * @throws Error when the stream can't be opened.
 */
export async function logIn(
  transport: Transport,
  route: BoshRoute,
  domain: string,
  signal: AbortSignal,
): Promise<Client> {
  const url = `${route.choice.current}${route.target}`;
  const service = transport === 'bosh' ? url : url.replace(/^http/, 'ws');
  const connection = client({ service, domain });
  // A browser that lost its stream starts over, from the first HTTP request.
  connection.reconnect.stop();
  connection.timeout = answerWithinMs;
  trimFeatures(connection, false);
  hearLateErrors(connection);
  if (transport === 'bosh') addBosh(connection, route, domain);
  // Errors also reject what waits for them, and an emitter without a listener would throw.
  connection.on('error', () => undefined);
  try {
    await untilAborted(startClient(connection, service, domain), signal, 'the XMPP log-in did not finish');
    return connection;
  } catch (error) {
    await logOut(connection);
    throw error;
  }
}

/** Closes the stream; one that is gone already is no error. */
export async function logOut(connection: Client): Promise<void> {
  connection.timeout = 2_000;
  try {
    await connection.stop();
  } catch {
    // The library throws when the other side was faster.
  }
}

/**
 * The shard's name as the server itself gives it (mod_jiconop's identity in disco#info).
 * @throws Error when there is none.
 */
export async function askShardName(connection: Client, domain: string): Promise<string> {
  const query = xml('iq', { type: 'get', to: domain }, xml('query', { xmlns: discoInfo }));
  const answer = await connection.iqCaller.request(query, answerWithinMs);
  const identities = answer.getChild('query', discoInfo)?.getChildren('identity') ?? [];
  const name = identities.find(isShardIdentity)?.attrs.name;
  if (name === undefined) throw new Error(`${domain} names no shard in disco#info`);
  return name;
}

/** @throws Error when the server does not answer in time; an error answer is an answer. */
export async function ping(connection: Client, domain: string): Promise<void> {
  const iq = xml('iq', { type: 'get', to: domain }, xml('ping', { xmlns: 'urn:xmpp:ping' }));
  try {
    await connection.iqCaller.request(iq, answerWithinMs);
  } catch (error) {
    if (!(error instanceof Error && error.name === 'StanzaError')) throw error;
  }
}

function isShardIdentity(identity: Element): boolean {
  return identity.attrs.category === 'server' && identity.attrs.type === 'shard';
}
