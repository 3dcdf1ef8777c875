import { describe, expect, it } from 'vitest';
import { parseBridgeStats } from './bridge-stats.ts';

const stats = { bit_rate_download: 2_000, bit_rate_upload: 3_000 };

describe('parseBridgeStats', () => {
  it('adds local kbit/s and bits between bridges in one unit', () => {
    const text = JSON.stringify({
      ...stats,
      octo_receive_bitrate: 70,
      octo_send_bitrate: 7,
      local_endpoints: 4,
    });
    expect(parseBridgeStats(text)).toMatchObject({
      bitsPerSecond: 5_000_077,
      localEndpoints: 4,
      operational: true,
    });
  });

  it.each(['drain', 'graceful_shutdown', 'shutting_down'])('is not operational with %s', (flag) => {
    expect(parseBridgeStats(JSON.stringify({ ...stats, [flag]: true }))?.operational).toBe(false);
  });

  it('takes missing, absurd and broken figures for no answer', () => {
    for (const bad of ['{}', 'null', '{', JSON.stringify({ ...stats, bit_rate_upload: -1 })]) {
      expect(parseBridgeStats(bad)).toBeUndefined();
    }
  });
});
