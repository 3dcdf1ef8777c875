import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { probeJicofo } from './jicofo.ts';
import { readJicofoStats } from './jicofo-stats.ts';

// States that a Jicofo can't be brought into on demand; a running one is probed in local-driver.test.ts.
const signal = new AbortController().signal;
let server: Server | undefined;

afterEach(() => {
  server?.close();
});

async function jicofo(health: number, stats: unknown = { ...load, bridge_selector: bridges(2) }) {
  server = createServer((request, response) => {
    response.statusCode = request.url === '/about/health' ? health : 200;
    response.end(request.url === '/stats' ? JSON.stringify(stats) : 'why');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const load = { conferences: 3, participants: 8, largest_conference: 4 };

function bridges(operational: number) {
  return { bridge_count: 2, operational_bridge_count: operational, lost_bridges: 0 };
}

describe('probeJicofo', () => {
  it('is content with a healthy Jicofo that has a bridge', async () => {
    expect(await probeJicofo(await jicofo(200), signal)).toEqual({ ok: true });
  });

  it.each([
    [503, 'soft', 'status 503: why'],
    [500, 'hard', 'status 500: why'],
    [404, 'hard', 'JICOFO_ENABLE_HEALTH_CHECKS=1'],
  ])('takes status %i for a %s failure', async (status, severity, reason) => {
    const probe = await probeJicofo(await jicofo(status), signal);
    expect(probe).toEqual({ ok: false, severity, reason: expect.stringContaining(reason) });
  });

  it('wants an operational bridge', async () => {
    const probe = await probeJicofo(await jicofo(200, { ...load, bridge_selector: bridges(0) }), signal);
    expect(probe).toEqual({
      ok: false,
      severity: 'soft',
      reason: expect.stringContaining('none of 2 bridges is operational'),
    });
  });

  it('takes statistics it can not read for a failure, not for zero', async () => {
    expect(await probeJicofo(await jicofo(200, {}), signal)).toMatchObject({ ok: false, severity: 'soft' });
  });
});

describe('readJicofoStats', () => {
  it('reads the load', async () => {
    expect(await readJicofoStats(await jicofo(200), signal)).toEqual({
      ok: true,
      conferences: 3,
      participants: 8,
      bridges: 2,
      operationalBridges: 2,
    });
  });
});
