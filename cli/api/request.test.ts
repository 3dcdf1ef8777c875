import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hostname, userInfo } from 'node:os';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { freePort } from '../../test/real/free-port.ts';
import { ApiUnreachableError, request } from './request.ts';

let server: Server;
let base: string;
let answer: { status: number; body: string };

beforeEach(async () => {
  server = createServer((_request, response) => {
    response.writeHead(answer.status).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

function ask(signal = new AbortController().signal): Promise<unknown> {
  return request(base, '/v1/thing', z.object({ name: z.string() }), signal);
}

describe('request', () => {
  it.each([
    [400, '{"error":{"message":"no shard x","exitCode":2}}', /^no shard x$/, 2],
    [503, '{"error":{"message":"not blessed","exitCode":1}}', /^not blessed$/, 1],
    [400, '{"error":{"message":"odd","exitCode":99}}', /^odd$/, 1],
    [404, '<h1>Not found</h1>', /v1\/thing answered 404; is that usher's API/, 1],
    [200, '<h1>Welcome</h1>', /v1\/thing answers, but not as this version of usher knows it/, 1],
    [200, '{"name":7}', /expected string.*name/, 1],
  ])('tells what is wrong with %i %s', async (status, body, message, exitCode) => {
    answer = { status, body };
    const error = await ask().catch((one: unknown) => one);
    expect(error).toMatchObject({ message: expect.stringMatching(message), exitCode });
  });

  it('says who asks', async () => {
    answer = { status: 200, body: '{"name":"x"}' };
    const asked = once(server, 'request') as Promise<[IncomingMessage]>;
    await ask();
    expect((await asked)[0].headers['x-usher-actor']).toBe(`${userInfo().username}@${hostname()}`);
  });

  it('tells that nobody listens, and how to change that', async () => {
    const port = await freePort();
    base = `http://127.0.0.1:${port}`;
    const error = await ask().catch((one: unknown) => one);
    expect(error).toBeInstanceOf(ApiUnreachableError);
    expect(String(error)).toMatch(new RegExp(`127.0.0.1:${port} is out of reach .*ECONNREFUSED.*usher up`));
  });

  it('ends with the signal', async () => {
    server.removeAllListeners('request');
    const controller = new AbortController();
    const asked = ask(controller.signal);
    controller.abort();
    await expect(asked).rejects.toThrow(/abort/);
  });
});
