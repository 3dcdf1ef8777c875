import { describe, expect, it } from 'vitest';
import { readSpec, type WrittenWish } from './read-spec.ts';

const data = { SHARD: 'eu-1', REGION: 'eu', BRIDGES: '2..8', JVB_PORT: '10000', IMAGE_TAG: 'v1' };

function read(over: Partial<WrittenWish> = {}) {
  return readSpec({ name: 'eu-1', data, annotations: {}, ...over }, ['main', 'gold']);
}

describe('readSpec', () => {
  it('reads what an overlay says, and the version of its images', () => {
    expect(read()).toEqual({
      ok: true,
      isRemoved: false,
      spec: {
        name: 'eu-1',
        region: 'eu',
        bridges: { min: 2, max: 8 },
        desired: 'active',
        weight: 100,
        pool: 'main',
        imageTag: 'v1',
      },
    });
  });

  it('reads the wish, whose weight is over WEIGHT', () => {
    const annotations = {
      'usher.dev/desired': 'draining',
      'usher.dev/deadline': '2030-01-01T00:00:00Z',
      'usher.dev/removing': 'true',
      'usher.dev/weight': '10',
      'usher.dev/removed': '2030-01-01T00:00:00Z',
      'argocd.argoproj.io/sync-options': 'Prune=confirm',
    };
    expect(read({ annotations, data: { ...data, WEIGHT: '50', POOL: 'gold' } })).toMatchObject({
      isRemoved: true,
      spec: { desired: 'draining', deadline: Date.UTC(2030), removing: true, weight: 10, pool: 'gold' },
    });
    expect(read({ data: { ...data, WEIGHT: '50' } })).toMatchObject({ spec: { weight: 50 } });
  });

  it.each<[string, Partial<WrittenWish>, string]>([
    ['a missing literal', { data: { ...data, REGION: undefined } as never }, 'REGION is missing'],
    [
      'wrong bridges',
      { data: { ...data, BRIDGES: '8..2' } },
      'BRIDGES: MIN must not be above MAX; found "8..2"',
    ],
    [
      'another shard’s name',
      { name: 'eu-2' },
      'SHARD: expected "eu-2", as its namespace is named; found "eu-1"',
    ],
    ['an unknown pool', { data: { ...data, POOL: 'x' } }, 'POOL: expected one of main, gold; found "x"'],
    [
      'a wish that is none',
      { annotations: { 'usher.dev/desired': 'gone' } },
      'usher.dev/desired: Invalid option: expected one of "active"|"cordoned"|"draining"; found "gone"',
    ],
    [
      'a weight that is none',
      { annotations: { 'usher.dev/weight': '10%' } },
      'usher.dev/weight: expected a percentage without its sign, as in 100; found "10%"',
    ],
  ])('refuses %s', (_what, over, wrong) => {
    expect(read(over)).toEqual({ ok: false, wrong });
  });
});
