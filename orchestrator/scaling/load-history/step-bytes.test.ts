import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unknownStep } from './load-step.ts';
import { decodeStep, encodeStep, stepBytes } from './step-bytes.ts';

const count = fc.option(fc.nat(65_000), { nil: undefined });
const bits = fc.option(
  fc.nat(4_000_000_000).map((kilobits) => kilobits * 1_000),
  { nil: undefined },
);
const step = fc.record({
  bitsPerSecond: bits,
  demand: bits,
  highestStress: fc.option(
    fc.nat(254).map((percent) => percent / 100),
    { nil: undefined },
  ),
  participants: count,
  conferences: count,
  bridges: count,
  openBridges: count,
});

describe('a step in Redis', () => {
  it('comes back as it was, also what is unknown, also zero', () => {
    fc.assert(
      fc.property(step, fc.nat(5), (one, before) => {
        const bytes = Buffer.concat([Buffer.alloc(before * stepBytes), encodeStep(one)]);
        expect(decodeStep(bytes, before * stepBytes)).toEqual(one);
      }),
    );
  });

  it('is unknown where nothing was written, and beyond the end', () => {
    expect(decodeStep(Buffer.alloc(2 * stepBytes), stepBytes)).toEqual(unknownStep);
    expect(decodeStep(Buffer.alloc(stepBytes), stepBytes)).toEqual(unknownStep);
  });

  it('is kept as the most that fits when it is beyond that', () => {
    const much = { ...unknownStep, bitsPerSecond: 1e18, demand: 1e18, participants: 1e9, highestStress: 90 };
    expect(decodeStep(encodeStep(much), 0)).toMatchObject({
      bitsPerSecond: 4_294_967_294_000,
      demand: 4_294_967_294_000,
      participants: 65_534,
      highestStress: 2.54,
    });
  });
});
