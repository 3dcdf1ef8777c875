import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseBridgeMetrics } from './bridge-metrics.ts';
import { parseColibriStats } from './colibri-stats.ts';

/** Of a JVB of 2026 with two people on it, as its two interfaces put the same moment. */
const stats = {
  bit_rate_download: 2_000,
  bit_rate_upload: 3_000,
  octo_receive_bitrate: 70,
  octo_send_bitrate: 7,
  packet_rate_download: 250,
  packet_rate_upload: 375,
  stress_level: 0.1,
  local_endpoints: 2,
  conferences: 1,
  total_conferences_created: 5,
  drain: true,
  healthy: true,
  current_timestamp: '2026-11-21 09:00:00.000',
};
const metrics = {
  incoming_bitrate: 2_000_000,
  outgoing_bitrate: 3_000_000,
  relay_incoming_bitrate: 70,
  relay_outgoing_bitrate: 7,
  incoming_packet_rate: 250,
  outgoing_packet_rate: 375,
  stress: 0.1,
  local_endpoints: 2,
  conferences: 1,
  conferences_created_total: 5,
  drain_mode: true,
  healthy: true,
};
const readAt = new Date('2026-11-21T09:00:00Z');
const fromStats = (over: object = {}) => parseColibriStats(JSON.stringify({ ...stats, ...over }), 'b');
const fromMetrics = (over: object = {}) =>
  parseBridgeMetrics(JSON.stringify({ ...metrics, ...over }), 'b', readAt);
const prometheus = (values: object) =>
  Object.entries(values)
    .map(([name, value]) => `# TYPE jitsi_jvb_${name} gauge\njitsi_jvb_${name} ${Number(value)}\n`)
    .join('jitsi_jvb_version_info{version="2.3"} 1.0\n');

describe('a bridge’s figures', () => {
  it('are the same from either interface, in one set of units', () => {
    const same = {
      ok: true,
      bitsPerSecond: 5_000_077,
      packetsPerSecond: 625,
      rates: { received: 2_000_000, sent: 3_000_000, relayReceived: 70, relaySent: 7 },
      stress: 0.1,
      localEndpoints: 2,
      conferences: 1,
      conferencesCreated: 5,
      draining: true,
      able: true,
      operational: false,
    };
    expect(fromStats()).toMatchObject(same);
    expect(fromMetrics()).toMatchObject({ ...same, measuredAt: '2026-11-21T09:00:00.000Z' });
    expect(parseBridgeMetrics(prometheus(metrics), 'b', readAt)).toMatchObject(same);
  });

  it.each(['graceful_shutdown', 'shutting_down'])('are of one that is not able with %s', (flag) => {
    expect(fromStats({ [flag]: true })).toMatchObject({ able: false, operational: false });
    expect(fromMetrics({ [flag]: true })).toMatchObject({ able: false, operational: false });
  });

  it('leave unknown what it does not say', () => {
    const { bit_rate_download, bit_rate_upload } = stats;
    expect(parseColibriStats(JSON.stringify({ bit_rate_download, bit_rate_upload }), 'b')).toMatchObject({
      ok: true,
      localEndpoints: undefined,
      conferences: undefined,
      packetsPerSecond: undefined,
      stress: undefined,
    });
  });

  it.each([
    ['{}', /bit_rate_download/],
    ['null', /not a bridge's statistics/],
    ['<html>', /not JSON/],
    [JSON.stringify({ ...stats, bit_rate_upload: undefined }), /bit_rate_upload/],
    [JSON.stringify({ ...stats, stress_level: 'NaN' }), /stress_level/],
  ])('are none in %s', (text, reason) => {
    expect(parseColibriStats(text, 'b')).toMatchObject({ ok: false, reason: expect.stringMatching(reason) });
  });

  it.each<[object, string]>([
    [{ bit_rate_upload: -1 }, 'absurd: -1000 bit/s sent'],
    [{ octo_send_bitrate: 2e10 }, 'absurd: 20000000000 bit/s relaySent'],
    [{ packet_rate_upload: -3 }, 'absurd: -3 packets/s sent'],
    [{ stress_level: -0.1 }, 'absurd: stress -0.1'],
    [{ local_endpoints: -1 }, 'absurd: -1 endpoints'],
    [{ conferences: 0.5 }, 'absurd: 0.5 conferences'],
  ])('are not believed with %j', (over, reason) => {
    expect(fromStats(over)).toEqual({ ok: false, severity: 'soft', reason: `b: ${reason}` });
  });

  it('are not believed when Prometheus says NaN', () => {
    const text = prometheus({ ...metrics, incoming_bitrate: Number.NaN });
    expect(parseBridgeMetrics(text, 'b', readAt)).toMatchObject({ ok: false });
  });

  const traffic = fc.record({
    bitsPerSecond: fc.integer({ min: 8_000_000, max: 1_000_000_000 }),
    bitsPerPacket: fc.integer({ min: 500, max: 12_000 }),
  });

  it('of any traffic are believed in their units, and in no others', () => {
    fc.assert(
      fc.property(traffic, ({ bitsPerSecond, bitsPerPacket }) => {
        const packets = Math.floor(bitsPerSecond / bitsPerPacket);
        fc.pre(packets >= 1_000);
        const inStats = (bits: number) =>
          fromStats({ bit_rate_upload: Math.floor(bits), packet_rate_upload: packets });
        const inMetrics = (bits: number) =>
          fromMetrics({ outgoing_bitrate: bits, outgoing_packet_rate: packets });
        expect(inStats(bitsPerSecond / 1_000)).toMatchObject({ ok: true });
        expect(inMetrics(bitsPerSecond)).toMatchObject({ ok: true });
        expect(inStats(bitsPerSecond)).toMatchObject({ ok: false });
        expect(inMetrics(bitsPerSecond / 1_000)).toMatchObject({ ok: false });
      }),
    );
  });
});
