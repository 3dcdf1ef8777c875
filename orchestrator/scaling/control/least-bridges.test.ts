import { expect, test } from 'vitest';
import { UsageError } from '../../../common/errors.ts';
import { shardSpec } from '../../../shards/spec/schema.ts';
import type { Control } from '../../control/control.ts';
import { scaleRules } from '../rules/scale-rules.ts';
import type { ScaleSettings } from '../rules/schema.ts';
import { withLeastBridges } from './least-bridges.ts';

const spec = shardSpec.parse({ name: 'eu-1', region: 'eu', bridges: { min: 3, max: 8 } });

test.each<[string, ScaleSettings, number | undefined, number]>([
  ['as its overlay says', {}, 1, 3],
  ['fewer where operators say so', { min: 2 }, 5, 2],
  ['not more: those are scaling’s to start', { min: 5 }, 3, 3],
  ['no more than the most', { max: 1 }, 3, 1],
  ['none is started in a pause', { paused: true }, 2, 2],
  ['a new shard is started in a pause', { paused: true }, undefined, 3],
])('%s', async (_, settings, there, least) => {
  const rules = { of: async () => scaleRules(spec, [{ where: 'scale.yaml', settings }]) };
  const kept = await withLeastBridges({ rules } as unknown as Control, spec, there, 0);
  expect(kept).toEqual({ ...spec, bridges: { min: least, max: 8 } });
});

test('wrong rules keep no shard from being started', async () => {
  const rules = { of: () => Promise.reject(new UsageError('scale.yaml is wrong')) };
  expect(await withLeastBridges({ rules } as unknown as Control, spec, 1, 0)).toBe(spec);
});
