import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { PassThrough } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import { ask } from './ask.ts';

const signal = new AbortController().signal;
const closers: (() => void)[] = [];

afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** A server that says `text` to whoever has sent something; returns its URL and what it was sent. */
async function serve(text: string, end = true) {
  const heard = new PassThrough();
  const server = createServer((socket) => {
    closers.push(() => socket.destroy());
    socket.on('error', () => socket.destroy());
    socket.once('data', (data) => {
      heard.write(data);
      socket.write(text);
      if (end) socket.end();
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  closers.push(() => server.close());
  const address = server.address();
  return { url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`, heard };
}

describe('ask', () => {
  it('asks for the host it is told, on a connection of its own', async () => {
    const { url, heard } = await serve('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi');
    expect(await ask(url, signal, { headers: { host: 'meet.jitsi' } })).toMatchObject({
      status: 200,
      body: 'hi',
    });
    const request = String(heard.read()).toLowerCase();
    expect(request).toContain('\r\nhost: meet.jitsi\r\n');
    expect(request).toContain('\r\nconnection: close\r\n');
  });

  it('takes any status for an answer', async () => {
    const { url } = await serve('HTTP/1.1 503 Busy\r\nlocation: /x\r\ncontent-length: 0\r\n\r\n');
    expect(await ask(url, signal)).toMatchObject({ ok: true, status: 503 });
  });

  it.each([
    ['no answer', ''],
    ['headers without the body', 'HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n'],
  ])('takes %s in time for a soft failure', async (_, text) => {
    const { url } = await serve(text, false);
    const answer = await ask(url, signal, { timeoutMs: 200 });
    expect(answer).toEqual({ ok: false, severity: 'soft', reason: `${url}: no answer within 200 ms` });
  });

  it('takes a broken answer for a hard failure', async () => {
    const { url } = await serve('220 smtp ready\r\n');
    expect(await ask(url, signal)).toMatchObject({ ok: false, severity: 'hard' });
  });

  it('takes a refused connection for a hard failure', async () => {
    const { url } = await serve('');
    for (const close of closers.splice(0)) close();
    const answer = await ask(url, signal);
    expect(answer).toEqual({ ok: false, severity: 'hard', reason: expect.stringContaining('ECONNREFUSED') });
  });

  it('keeps a connection where it is told to, and asks anew when the other side has closed it', async () => {
    let connections = 0;
    const server = createHttpServer((_, response) => response.end('hi')).on('connection', () => {
      connections += 1;
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    closers.push(
      () => server.closeAllConnections(),
      () => server.close(),
    );
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const asked = () => ask(url, signal, { keepsConnection: true });
    for (let round = 0; round < 3; round += 1) expect(await asked()).toMatchObject({ body: 'hi' });
    expect(connections).toBe(1);
    // Nothing is awaited in between: the client can't know of it yet.
    server.closeAllConnections();
    expect(await asked()).toMatchObject({ ok: true, body: 'hi' });
    expect(connections).toBe(2);
  });

  it('ends at once when it is told to', async () => {
    const { url } = await serve('', false);
    const started = Date.now();
    expect(await ask(url, AbortSignal.timeout(50))).toMatchObject({ ok: false, severity: 'soft' });
    expect(Date.now() - started).toBeLessThan(2_000);
  });
});
