import { once } from 'node:events';
import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
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
}

/**
 * Asks a part of a shard by HTTP, on a new connection, and never throws: no answer in time is a soft
 * failure, a refused or broken connection a hard one. Any status is an answer.
 */
export async function ask(
  url: string,
  signal: AbortSignal,
  question: Question = {},
): Promise<Answer | ProbeFailure> {
  const timeoutMs = question.timeoutMs ?? askTimeoutMs;
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    return await exchange(url, question, AbortSignal.any([signal, timeout]));
  } catch (error) {
    if (timeout.aborted) return soft(`${url}: no answer within ${timeoutMs} ms`);
    if (signal.aborted) return soft(`${url}: the probe was stopped`);
    return hard(`${url}: ${messageOf(error)}`);
  }
}

/** node:http, because fetch does not send the Host header it is given. */
async function exchange(url: string, question: Question, signal: AbortSignal): Promise<Answer> {
  const outgoing = request(url, {
    method: question.body === undefined ? 'GET' : 'POST',
    headers: { ...question.headers },
    // No kept connections: one that the other side closes meanwhile would look like a failure.
    agent: false,
    signal,
  });
  const answered = once(outgoing, 'response') as Promise<[IncomingMessage]>;
  // An error after the answer has begun comes from reading the body, below, as well.
  outgoing.on('error', () => undefined);
  outgoing.end(question.body);
  const [response] = await answered;
  const body = await text(response);
  return { ok: true, status: response.statusCode ?? 0, headers: response.headers, body };
}
