import { expect, it } from 'vitest';
import { testShard } from '../../../haproxy/stick-table/testing/test-shard.ts';
import { type ShardSpec, shardSpec } from '../../../shards/spec/schema.ts';
import type { ShardChange } from './changes-file.ts';
import { signallingOf } from './signalling.ts';
import { groupShards, viewGroupShard } from './view-groups.ts';

const spec = (over: Partial<ShardSpec> = {}) =>
  shardSpec.parse({ name: 'eu-1', region: 'eu', bridges: { min: 1, max: 1 }, ...over });
const record = (over: object = {}) =>
  ({ ...testShard('eu-1'), observed: 'ready', admitted: true, ...over }) as const;
const signalling = signallingOf(80, undefined, { participants: 100, websockets: 150 });
const drained: ShardChange = { did: 'drained', at: 1 };

it.each([
  ['open', spec(), record(), undefined, 80],
  ['open', spec(), record(), drained, 80],
  ['starting', spec(), undefined, undefined, 0],
  ['starting', spec(), record({ admitted: false }), undefined, 0],
  ['starting', spec(), record({ desired: 'draining' }), undefined, 80],
  ['starting', spec(), record({ observed: 'provisioning', admitted: false }), undefined, 0],
  ['unwell', spec(), record({ observed: 'degraded' }), undefined, 80],
  ['down', spec(), record({ observed: 'down', admitted: false }), undefined, 0],
  ['closed', spec({ desired: 'cordoned' }), record(), undefined, 80],
  ['closed', spec({ weight: 0 }), record(), undefined, 80],
  ['leaving', spec({ desired: 'draining' }), record(), undefined, 80],
  ['spare', spec({ desired: 'draining' }), record(), drained, 80],
  ['leaving', spec({ desired: 'draining', removing: true }), record(), drained, 80],
])('sees a shard %s', (state, wanted, known, change, load) => {
  expect(viewGroupShard(wanted, known, signalling, change)).toEqual({
    name: 'eu-1',
    state,
    limit: 100,
    load,
  });
});

it('groups by pool and region', () => {
  const specs = [spec(), spec({ name: 'us-1', region: 'us' }), spec({ name: 'eu-2' }), spec({ pool: 'big' })];
  expect([...groupShards(specs)].map(([name, group]) => [name, group.length])).toEqual([
    ['main/eu', 2],
    ['main/us', 1],
    ['big/eu', 1],
  ]);
});
