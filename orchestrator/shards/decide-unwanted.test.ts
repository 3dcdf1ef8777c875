import { describe, expect, it } from 'vitest';
import { testShard } from '../../haproxy/stick-table/testing/test-shard.ts';
import { shardSpec } from '../../shards/spec/schema.ts';
import { decideUnwanted, leavingSpec, type UnwantedView } from './decide-unwanted.ts';

const inService: UnwantedView = { record: { admitted: true }, exists: true, inOperation: false };
const out = { admitted: false };

describe('decideUnwanted', () => {
  it.each<[string, Partial<UnwantedView>, string]>([
    ['runs on: its meetings go on', {}, 'drain'],
    ['is gone', { exists: false }, 'take-down'],
    ['is being removed, overlay first', { inOperation: true }, 'leave'],
    ['is being declared down', { inOperation: true, exists: false }, 'leave'],
    ['has been declared down, and is gone', { record: out, exists: false }, 'take-out'],
    ['was never in service', { record: out }, 'take-out'],
  ])('one that %s', (_what, over, expected) => {
    const decision = decideUnwanted({ ...inService, ...over });
    expect(decision).toMatchObject({ do: expected, reason: expect.stringMatching(/^it is|^nothing asks/) });
  });
});

describe('leavingSpec', () => {
  it('drains and removes, and is a spec like any other', () => {
    const spec = leavingSpec(testShard('eu-1', { pool: 'gold', region: 'us' }));
    expect(shardSpec.parse(spec)).toEqual(spec);
    expect(spec).toMatchObject({
      name: 'eu-1',
      pool: 'gold',
      region: 'us',
      desired: 'draining',
      removing: true,
    });
  });
});
