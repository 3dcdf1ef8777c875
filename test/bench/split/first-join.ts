import { type Agent, get, type IncomingMessage } from 'node:http';
import { sleep } from '../../../common/time.ts';

/** One participant's first request for a room. */
export interface JoinRequest {
  agent: Agent;
  host: string;
  port: number;
  /** Path with query. */
  path: string;
  /** How long it keeps trying after 503s and broken connections, in milliseconds. */
  patienceMs: number;
  signal?: AbortSignal;
}

/** How it went. */
export interface JoinResult {
  /** From `X-Jitsi-Shard`; undefined when patience ran out. */
  shard: string | undefined;
  /** Answers other than a shard's, each followed by another try while patience lasted. */
  refusals: number;
  /** From the first request to the answer that named the shard, waits included, in milliseconds. */
  tookMs: number;
}

interface Answer {
  status: number;
  shard: string | undefined;
  retryAfterMs: number;
}

const answerTimeoutMs = 10_000;
const defaultRetryMs = 500;

/** Asks until a shard answers, waiting Retry-After between tries, as the browser of a patient participant. */
export async function firstJoin(request: JoinRequest): Promise<JoinResult> {
  const start = performance.now();
  for (let refusals = 0; ; refusals += 1) {
    const answer = await ask(request).catch(
      (): Answer => ({ status: 0, shard: undefined, retryAfterMs: 100 }),
    );
    const tookMs = performance.now() - start;
    if (answer.status < 500 && answer.shard !== undefined) return { shard: answer.shard, refusals, tookMs };
    const waited = tookMs + answer.retryAfterMs <= request.patienceMs;
    if (!waited || !(await sleep(answer.retryAfterMs, request.signal))) {
      return { shard: undefined, refusals: refusals + 1, tookMs };
    }
  }
}

function ask({ agent, host, port, path, signal }: JoinRequest): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = get({ agent, host, port, path, timeout: answerTimeoutMs, ...(signal ? { signal } : {}) });
    request.once('timeout', () => request.destroy(new Error(`no answer in ${answerTimeoutMs} ms`)));
    request.once('error', reject);
    request.once('response', (response) => {
      response.once('error', reject);
      response.once('end', () => resolve(answerOf(response)));
      response.resume();
    });
  });
}

function answerOf(response: IncomingMessage): Answer {
  const shard = response.headers['x-jitsi-shard'];
  const seconds = Number(response.headers['retry-after'] ?? Number.NaN);
  return {
    status: response.statusCode ?? 0,
    shard: typeof shard === 'string' && shard !== '' ? shard : undefined,
    retryAfterMs: Number.isFinite(seconds) ? seconds * 1000 : defaultRetryMs,
  };
}
