import { describe, expect, it } from 'vitest';
import type { BridgePresence } from './bridge-presence.ts';
import { heldBridges } from './held-bridges.ts';

const bridge = (times: { lastSeenMs: number; leftMs?: number }): BridgePresence => ({
  name: 'b1',
  occupantJid: 'jvbbrewery@internal-muc.meet.jitsi/b1',
  firstSeenMs: 0,
  ...times,
});

describe('heldBridges', () => {
  const cases = [
    { it: 'lists one met since we joined', lastSeenMs: 60_000, nowMs: 500_000, listed: true },
    {
      it: 'holds all while we are not there',
      joinedMs: undefined,
      lastSeenMs: 0,
      nowMs: 900_000,
      listed: true,
    },
    { it: 'holds one not met again yet', lastSeenMs: 40_000, nowMs: 79_999, listed: true },
    { it: 'forgets one never met again', lastSeenMs: 40_000, nowMs: 80_000, listed: false },
    { it: 'holds one that left', lastSeenMs: 60_000, leftMs: 70_000, nowMs: 99_999, listed: true },
    {
      it: 'forgets one that left long ago',
      lastSeenMs: 60_000,
      leftMs: 70_000,
      nowMs: 100_000,
      listed: false,
    },
  ];
  for (const { it: title, listed, nowMs, ...times } of cases) {
    it(title, () => {
      const view = { joinedMs: 'joinedMs' in times ? undefined : 50_000, nowMs, forgetAfterMs: 30_000 };
      expect(heldBridges([bridge(times)], view)).toHaveLength(listed ? 1 : 0);
    });
  }

  it('does not believe a departure at once', () => {
    const leftMs = 70_000;
    const seenAt = (nowMs: number) =>
      heldBridges([bridge({ lastSeenMs: 60_000, leftMs })], {
        joinedMs: 50_000,
        nowMs,
        forgetAfterMs: 30_000,
      })[0];
    expect(seenAt(71_999)?.leftMs).toBeUndefined();
    expect(seenAt(72_000)?.leftMs).toBe(leftMs);
  });
});
