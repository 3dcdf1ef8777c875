import { describe, expect, it, vi } from 'vitest';
import type { Wishes } from '../../shards/overlay/wishes.ts';
import { shardSpec } from '../../shards/spec/schema.ts';
import { planStep } from './plan-step.ts';
import type { Upgrade } from './schema.ts';
import { isoOf } from './turns.ts';

const now = Date.UTC(2030, 0, 1);
const upgrade: Upgrade = {
  imageTag: 'v2',
  canary: 10,
  surge: 1,
  bakeMs: 0,
  readyWithinMs: 1_000,
  state: 'running',
  reason: 'begun',
  shards: [{ old: 'eu-1', from: 'v1', to: 'v2' }],
};
const spec = shardSpec.parse({ name: 'eu-1', region: 'eu', bridges: { min: 1, max: 2 } });
const view = {
  upgrade,
  shards: new Map([
    [
      'eu-1',
      { spec, record: undefined, buckets: 0, rooms: 0, participants: undefined, censusIsFresh: false },
    ],
  ]),
  canAdd: true,
  now,
};
const stored = { upgrade, path: 'upgrade.yaml', text: undefined };

/** Wishes of which plans for a copy and for a weight alone are asked. */
function wishesThat(canAdd: boolean) {
  const planCopy = vi.fn<Wishes['planCopy']>(async () => [
    { path: 'eu-2', before: undefined, after: 'a copy' },
  ]);
  const planWeight = async (path: string, weight: number) => [
    { path, before: undefined, after: String(weight) },
  ];
  return { planCopy, wishes: { canAdd, planCopy, planWeight } as Partial<Wishes> as Wishes };
}

describe('planStep', () => {
  const add = { do: 'add', old: 'eu-1', reason: '' } as const;

  it('writes the name of a new shard first, and then the shard', async () => {
    const { planCopy, wishes } = wishesThat(true);
    const changes = await planStep(wishes, stored, view, add);
    expect(changes.map(({ path }) => path)).toEqual(['upgrade.yaml', 'eu-2']);
    expect(changes[0]?.after).toContain(`new: eu-2\n    addedAt: ${isoOf(now)}`);
    expect(planCopy).toHaveBeenCalledWith('eu-1', { name: 'eu-2', weight: 10, imageTag: 'v2' });
  });

  it('writes the name alone where others add shards, and its trial and the time when it has appeared', async () => {
    const { planCopy, wishes } = wishesThat(false);
    const [named, ...more] = await planStep(wishes, stored, view, add);
    expect(more).toEqual([]);
    expect(named?.after).toContain('new: eu-2');
    expect(named?.after).not.toContain('addedAt');
    expect(planCopy).not.toHaveBeenCalled();
    const appear = { do: 'appear', old: 'eu-1', reason: '' } as const;
    const fresh = { ...upgrade, shards: [{ old: 'eu-1', from: 'v1', to: 'v2', new: 'eu-2' }] };
    const [weight, appeared] = await planStep(wishes, stored, { ...view, upgrade: fresh }, appear);
    expect(weight).toMatchObject({ path: 'eu-2', after: '10' });
    expect(appeared?.after).toContain(`addedAt: ${isoOf(now)}`);
  });
});
