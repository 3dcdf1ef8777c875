import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { messageOf } from '../../../common/errors.ts';

const maxBodyBytes = 64 * 1024;

export interface RestRequest {
  accept: string | undefined;
  /** The parsed JSON body of a POST; undefined when there is none. */
  body: unknown;
}

export interface RestAnswer {
  status?: number;
  contentType?: string;
  body?: string;
}

/** By `METHOD /path`. A handler that throws is answered with 400 and its message. */
export type Routes = Record<string, (request: RestRequest) => RestAnswer | Promise<RestAnswer>>;

/** An answer of JSON. */
export function json(value: unknown): RestAnswer {
  return { contentType: 'application/json', body: JSON.stringify(value) };
}

/** Where a simulator's REST listens; port 0 takes a free one. */
export interface RestAddress {
  readonly restHost: string;
  readonly restPort: number;
}

/**
 * Serves a simulator's REST until `signal` aborts; resolves with the port once it listens.
 * Plain node:http: fastify costs each of a fleet's simulators 9 MB and 30 ms of start (measured).
 */
export async function serveRest(
  { restHost, restPort }: RestAddress,
  routes: Routes,
  signal: AbortSignal,
): Promise<number> {
  const server = createServer({ keepAliveTimeout: 30_000, requestTimeout: 10_000 }, (request, response) => {
    void answer(routes, request, response);
  });
  const listening = Promise.withResolvers<void>();
  server.once('error', listening.reject);
  server.listen(restPort, restHost, listening.resolve);
  await listening.promise;
  signal.addEventListener('abort', () => {
    server.close();
    server.closeAllConnections();
  });
  return (server.address() as AddressInfo).port;
}

async function answer(routes: Routes, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = (request.url ?? '/').split('?', 1)[0];
  const route = routes[`${request.method} ${path}`];
  let result: RestAnswer = { status: 404 };
  try {
    if (route) result = await route({ accept: request.headers.accept, body: await readJson(request) });
  } catch (error) {
    result = { status: 400, contentType: 'text/plain', body: messageOf(error) };
  }
  response.writeHead(result.status ?? 200, result.contentType ? { 'content-type': result.contentType } : {});
  response.end(result.body ?? '');
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) {
    text += chunk;
    if (text.length > maxBodyBytes) throw new Error(`body over ${maxBodyBytes} bytes`);
  }
  return text === '' ? undefined : JSON.parse(text);
}
