import { describe, expect, it } from 'vitest';
import type { BridgeStats } from '../../../shards/probes/bridge-stats.ts';
import type { FollowedBridge } from '../../bridges/follow-bridges.ts';
import { bridge, said, silent } from '../../bridges/testing/bridge.ts';
import { frozenAfterMs, holdMs } from './bridge-figures.ts';
import { measureShard } from './measure-shard.ts';

const now = 1_000_000;
const failure = { ok: false, severity: 'soft', reason: 'no answer' } as const;

/** A bridge whose last good figures are so old. */
function read(says: Partial<BridgeStats>, ageMs = 0, sameForMs = 0): FollowedBridge {
  const readAt = now - ageMs;
  const held = { stats: said(says), readAt, ratesSince: readAt - sameForMs };
  return bridge('b', {}, { said: ageMs === 0 ? held.stats : failure, held });
}

const busy = (bitsPerSecond: number, ageMs = 0) => read({ bitsPerSecond }, ageMs);
const unheard = silent('b');
const starting = { ...unheard, isStarting: true };
const tooOld = holdMs + 1;

describe('measureShard', () => {
  it.each<[string, FollowedBridge[], number | undefined, number]>([
    ['adds up', [busy(10), busy(20)], 30, 2],
    ['knows that no bridges carry nothing', [], 0, 0],
    ['holds what a bridge said last', [busy(10), busy(20, holdMs)], 30, 2],
    [
      'takes the mean for one that has been silent for too long',
      [busy(10), busy(20), busy(99, tooOld)],
      45,
      2,
    ],
    ['takes it for one that was never heard', [busy(10), unheard], 20, 1],
    ['does not take one that starts for loaded', [busy(10), starting], 10, 1],
    ['knows nothing when most are silent', [busy(10), unheard, unheard], undefined, 1],
    ['knows nothing when all are', [unheard], undefined, 0],
    [
      'does not believe rates that stand still',
      [read({ bitsPerSecond: 2e6 }, 0, frozenAfterMs + 1)],
      undefined,
      0,
    ],
    ['believes small ones', [read({ bitsPerSecond: 9e5 }, 0, frozenAfterMs + 1)], 9e5, 1],
    ['believes rates that stand still for a while', [read({ bitsPerSecond: 2e6 }, 0, frozenAfterMs)], 2e6, 1],
    ['does not take silence for standing still', [read({ bitsPerSecond: 2e6 }, holdMs, 0)], 2e6, 1],
  ])('%s', (_what, bridges, bitsPerSecond, knownBridges) => {
    expect(measureShard(bridges, undefined, now)).toMatchObject({
      bitsPerSecond,
      knownBridges,
      bridges: bridges.length,
    });
  });

  it('counts open bridges, by what they said last', () => {
    const bridges = [read({}), read({ draining: true }), read({ able: false }), read({}, 10_000), unheard];
    expect(measureShard(bridges, undefined, now).openBridges).toBe(2);
  });

  it('tells the highest stress, and packets only where all tell theirs', () => {
    const packets = { received: 1, sent: 1, relayReceived: 0, relaySent: 0 };
    const tells = read({ stress: 0.5, packets, packetsPerSecond: 2 });
    const silent = read({ stress: undefined });
    expect(measureShard([tells, silent], undefined, now)).toMatchObject({
      highestStress: 0.5,
      packetsPerSecond: undefined,
    });
    expect(measureShard([tells, tells], undefined, now).packetsPerSecond).toBe(4);
    expect(measureShard([silent], undefined, now).highestStress).toBeUndefined();
  });

  it.each<[string, FollowedBridge[], number | undefined]>([
    ['throughput', [read({ bitsPerSecond: 30, stress: 0.08 }), read({ bitsPerSecond: 50 })], 80],
    ['stress where that says more', [read({ bitsPerSecond: 30, stress: 0.4 }), busy(10)], 60],
    ['nothing where nothing is known', [unheard], undefined],
  ])('reckons the demand by %s', (_what, bridges, demand) => {
    expect(measureShard(bridges, undefined, now, 100).demand).toBe(demand);
  });

  it('takes people and rooms from a census of now, and from no other', () => {
    const rooms = new Map([
      ['a', 3],
      ['b', 4],
    ]);
    expect(measureShard([], { begunAt: now - 5_000, rooms }, now)).toMatchObject({
      participants: 7,
      conferences: 2,
    });
    expect(measureShard([], { begunAt: now - 61_000, rooms }, now).participants).toBeUndefined();
    expect(measureShard([], undefined, now).conferences).toBeUndefined();
  });
});
