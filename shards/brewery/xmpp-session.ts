import { type Client, client, type Element, xml } from '@xmpp/client';
import { messageOf } from '../../common/errors.ts';
import type { Logger } from '../../common/log.ts';
import { backoffMs, sleep } from '../../common/time.ts';
import { untilAborted } from '../../common/until-aborted.ts';
import { startClient } from './start-client.ts';
import { trimFeatures } from './stream-features.ts';

/** Prosody on a loaded host answers a log-in within a second; more than this is a dead peer. */
const openTimeoutMs = 10_000;
/** A peer that vanished without closing its connection is noticed after at most the sum of these two. */
const pingEveryMs = 15_000;
const pingTimeoutMs = 10_000;
const maxBackoffMs = 5_000;

/** Where and as whom to log in: c2s over TCP. */
export interface XmppAccount {
  host: string;
  port: number;
  domain: string;
  user: string;
  password: string;
  /** Use STARTTLS when it is offered (Node must trust the certificate). Otherwise SCRAM over plain TCP. */
  startTls?: boolean | undefined;
}

/** An IQ answered with an error. */
export interface StanzaError extends Error {
  /** As in RFC 6120: `item-not-found`, `service-unavailable`, ... */
  condition: string;
  /** The application's own element in the error, if any. */
  application?: Element | undefined;
}

/** Told by name: the library does not export its class. */
export function isStanzaError(error: unknown): error is StanzaError {
  return error instanceof Error && error.name === 'StanzaError';
}

/** One log-in, from online to closed. */
export interface XmppSession {
  /** The full JID the server gave. */
  readonly jid: string;
  /** Aborts when the stream is gone. */
  readonly closed: AbortSignal;
  send(stanza: Element): Promise<void>;
  /**
   * Sends an IQ set and gives the answer.
   * Rejects with a StanzaError, or another error when the answer is late or the stream closes.
   */
  request(to: string, payload: Element, timeoutMs: number): Promise<Element>;
  /** The same with an IQ get. */
  ask(to: string, payload: Element, timeoutMs: number): Promise<Element>;
  /** Every presence, message and IQ that arrives. Returns how to stop listening. */
  onStanza(listener: (stanza: Element) => void): () => void;
  /** Answers an IQ set; an `error` element becomes an error answer. */
  onQuery(xmlns: string, name: string, answer: (payload: Element, from: string) => Element): void;
}

/**
 * Keeps one log-in alive until `signal` aborts: opens it, runs `serve` (join rooms here), pings, and opens
 * it again with a back-off when it ends or when `serve` throws. Never rejects.
 */
export async function keepSession(
  account: XmppAccount,
  serve: (session: XmppSession) => Promise<void>,
  signal: AbortSignal,
  log: Logger,
): Promise<void> {
  for (let failures = 0; !signal.aborted; failures += 1) {
    const connection = connect(account);
    const ended = new AbortController();
    connection.on('disconnect', () => ended.abort());
    connection.on('error', (error: unknown) => log.debug({ error: messageOf(error) }, 'xmpp stream error'));
    const stop = AbortSignal.any([signal, ended.signal]);
    try {
      const jid = await open(connection, account, stop);
      log.debug({ jid }, 'xmpp session open');
      await serve(sessionOf(connection, jid, ended.signal));
      failures = 0;
      await pingUntil(connection, account.domain, stop);
    } catch (error) {
      if (!signal.aborted) log.warn({ failures, error: messageOf(error) }, 'xmpp session failed');
    }
    await close(connection);
    ended.abort();
    await sleep(backoffMs(failures, 200, maxBackoffMs), signal);
  }
}

/** One log-in for as long as `work` takes. Throws why it was refused or not done in time, and what `work` throws. */
export async function withSession<T>(
  account: XmppAccount,
  signal: AbortSignal,
  work: (session: XmppSession) => Promise<T>,
): Promise<T> {
  const connection = connect(account);
  const ended = new AbortController();
  connection.on('disconnect', () => ended.abort());
  // What it says also rejects what waits for it, and an emitter without a listener would throw.
  connection.on('error', () => undefined);
  try {
    const jid = await open(connection, account, AbortSignal.any([signal, ended.signal]));
    return await work(sessionOf(connection, jid, ended.signal));
  } finally {
    await close(connection);
  }
}

function connect(account: XmppAccount): Client {
  const connection = client({
    service: serviceOf(account),
    domain: account.domain,
    username: account.user,
    password: account.password,
  });
  // The library's own reconnect has one fixed delay and no way to stop on a signal.
  connection.reconnect.stop();
  trimFeatures(connection, account.startTls === true);
  return connection;
}

function open(connection: Client, account: XmppAccount, stop: AbortSignal): Promise<string> {
  const bound = AbortSignal.any([stop, AbortSignal.timeout(openTimeoutMs)]);
  const started = startClient(connection, serviceOf(account), account.domain);
  return untilAborted(started, bound, 'the XMPP log-in did not finish');
}

function serviceOf({ host, port }: XmppAccount): string {
  return `xmpp://${host}:${port}`;
}

async function pingUntil(connection: Client, domain: string, stop: AbortSignal): Promise<void> {
  while (await sleep(pingEveryMs, stop)) {
    const ping = xml('iq', { type: 'get', to: domain }, xml('ping', { xmlns: 'urn:xmpp:ping' }));
    try {
      await untilAborted(connection.iqCaller.request(ping, pingTimeoutMs), stop, 'stream closed');
    } catch (error) {
      // An error answer is an answer: the peer is alive.
      if (!stop.aborted && !isStanzaError(error)) throw error;
    }
  }
}

async function close(connection: Client): Promise<void> {
  try {
    await connection.stop();
  } catch {
    // Already gone.
  }
  connection.socket?.destroy();
}

function sessionOf(connection: Client, jid: string, closed: AbortSignal): XmppSession {
  const query = (type: 'get' | 'set') => (to: string, payload: Element, timeoutMs: number) =>
    untilAborted(
      connection.iqCaller.request(xml('iq', { type, to }, payload), timeoutMs),
      closed,
      'the XMPP stream closed before the answer',
    );
  return {
    jid,
    closed,
    send: (stanza) => connection.send(stanza),
    request: query('set'),
    ask: query('get'),
    onStanza: (listener) => {
      connection.on('stanza', listener);
      return () => connection.off('stanza', listener);
    },
    onQuery: (xmlns, name, answer) =>
      connection.iqCallee.set(xmlns, name, ({ stanza, element }) => answer(element, stanza.attrs.from ?? '')),
  };
}
