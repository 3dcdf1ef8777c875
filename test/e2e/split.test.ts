import { beforeAll, describe, expect, it } from 'vitest';
import { splitBench } from '../bench/split/bench.ts';
import type { SplitCase } from '../bench/split/run-case.ts';

const rooms = 200;

describe('new rooms entered by several at once over two proxies', () => {
  let cases: SplitCase[];

  beforeAll(async () => {
    cases = await splitBench({ json: true, rooms, say: () => undefined });
  }, 120_000);

  const caseOf = (fault: SplitCase['fault']) => cases.find((one) => one.fault === fault);

  it.each(['none', 'agent', 'redis'] as const)('are split by nothing: fault %s', (fault) => {
    expect(caseOf(fault)).toMatchObject({ rooms, split: 0, misplaced: 0, refused: 0 });
  });

  it('are split by the baseline, so the joins could split them', () => {
    expect(Math.min(...cases.map(({ baselineSplit }) => baselineSplit))).toBeGreaterThan(rooms / 2);
  });

  it('are claimed while all is well', () => {
    expect(caseOf('none')).toMatchObject({ kills: 0 });
    // Not 0: a claim that a busy machine answers too late is no answer.
    expect(caseOf('none')?.seatedByFallback).toBeLessThan(rooms / 10);
  });

  it('are seated without a claim while Redis is away', () => {
    expect(caseOf('agent')?.kills).toBeGreaterThan(0);
    expect(caseOf('redis')?.kills).toBeGreaterThan(0);
    expect(caseOf('redis')?.seatedByFallback).toBeGreaterThan(rooms / 2);
  });
});
