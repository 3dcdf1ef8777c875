import { once } from 'node:events';
import { Agent, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { messageOf } from '../../common/errors.ts';
import { hard, type ProbeFailure, soft } from './probe.ts';

/** Jitsi's own health checks give a part 3-5 s; a shard that is slower is overloaded. */
const askTimeoutMs = 5_000;

/** An HTTP answer with its body read whole. */
export interface Answer {
  readonly ok: true;
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What is asked. */
export interface Question {
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent by POST; without a body it is a GET. */
  readonly body?: string;
  /** Default 5000. */
  readonly timeoutMs?: number;
  /**
   * Over a connection that is kept for the next question, as to one of 4,000 bridges. Not through a Service: a new
   * connection shows that participants get one, and from whichever pod.
   */
  readonly keepsConnection?: boolean;
}

const kept = new Agent({ keepAlive: true });

/**
 * Asks a part of a shard by HTTP, and never throws: no answer in time is a soft failure, a refused or broken connection
 * a hard one. Any status is an answer.
 */
export async function ask(
  url: string,
  signal: AbortSignal,
  question: Question = {},
): Promise<Answer | ProbeFailure> {
  const timeoutMs = question.timeoutMs ?? askTimeoutMs;
  // Not AbortSignal.timeout: that runs on after the answer, and holds all that was asked until it ends.
  const ending = new AbortController();
  const end = () => ending.abort();
  const timer = setTimeout(end, timeoutMs);
  signal.addEventListener('abort', end, { once: true });
  if (signal.aborted) end();
  try {
    return await exchange(url, question, ending.signal);
  } catch (error) {
    if (signal.aborted) return soft(`${url}: the probe was stopped`);
    if (ending.signal.aborted) return soft(`${url}: no answer within ${timeoutMs} ms`);
    return hard(`${url}: ${messageOf(error)}`);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
  }
}

/** node:http, because fetch does not send the Host header it is given. */
async function exchange(url: string, question: Question, signal: AbortSignal): Promise<Answer> {
  const outgoing = request(url, {
    method: question.body === undefined ? 'GET' : 'POST',
    headers: { ...question.headers },
    agent: question.keepsConnection ? kept : false,
    signal,
  });
  const answered = once(outgoing, 'response') as Promise<[IncomingMessage]>;
  // An error after the answer has begun comes from reading the body, below, as well.
  outgoing.on('error', () => undefined);
  outgoing.end(question.body);
  let response: IncomingMessage;
  try {
    [response] = await answered;
  } catch (error) {
    if (!outgoing.reusedSocket || signal.aborted) throw error;
    // The other side closed it meanwhile, which is no failure of its.
    return exchange(url, { ...question, keepsConnection: false }, signal);
  }
  const body = await text(response);
  return { ok: true, status: response.statusCode ?? 0, headers: response.headers, body };
}
