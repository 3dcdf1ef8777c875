import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { readBridgeStats } from './read-bridge-stats.ts';

const never = new AbortController().signal;
let server: Server;
afterEach(() => server.close());

/** A bridge that answers these addresses, and 404 on all others. */
async function bridge(answers: Record<string, [number, string]>): Promise<string> {
  server = createServer((request, response) => {
    const [status, body] = answers[request.url ?? ''] ?? [404, ''];
    response.writeHead(status).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const stats = JSON.stringify({ bit_rate_download: 1, bit_rate_upload: 1 });
const metrics = 'jitsi_jvb_incoming_bitrate 5\njitsi_jvb_outgoing_bitrate 2.0\n';

describe('readBridgeStats', () => {
  it('reads /colibri/stats', async () => {
    const url = await bridge({ '/colibri/stats': [200, stats], '/metrics': [200, metrics] });
    expect(await readBridgeStats(url, never)).toMatchObject({ ok: true, bitsPerSecond: 2_000 });
  });

  it('reads /metrics where that is switched off', async () => {
    const url = await bridge({ '/metrics': [200, metrics] });
    expect(await readBridgeStats(url, never)).toMatchObject({ ok: true, bitsPerSecond: 7 });
  });

  it('takes anything else for a failure', async () => {
    const url = await bridge({ '/colibri/stats': [500, stats], '/metrics': [200, metrics] });
    expect(await readBridgeStats(url, never)).toMatchObject({
      ok: false,
      reason: expect.stringContaining('status 500'),
    });
    server.close();
    expect(await readBridgeStats(await bridge({}), never)).toMatchObject({
      ok: false,
      reason: expect.stringContaining('neither'),
    });
  });
});
