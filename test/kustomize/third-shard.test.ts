import { readFile, rm } from 'node:fs/promises';
import { afterAll, expect, it } from 'vitest';
import { applyChanges } from '../../shards/overlay/apply-changes.ts';
import { planAdd } from '../../shards/overlay/plan-add.ts';
import { shardSpec } from '../../shards/spec/schema.ts';
import { build, builder } from './builder.ts';
import { makeFleet } from './testing-fleet.ts';

let root: string | undefined;
afterAll(() => root && rm(root, { recursive: true }));

// The best known public deployment, hpi's jitsi-deployment, asks for 17 edits by hand in 7 files.
it('a third shard is one file of under 25 lines and one line of the list', async () => {
  const made = await makeFleet([{ name: 'eu-1' }, { name: 'eu-2' }]);
  root = made.root;
  const asked = { name: 'us-1', region: 'us', bridges: { min: 2, max: 8 }, pool: 'big', weight: 50 };
  const changes = await planAdd(made.fleet, shardSpec.parse(asked));
  expect(changes.map(({ path }) => path.slice(made.fleet.length))).toEqual([
    '/shards/us-1/kustomization.yaml',
    '/kustomization.yaml',
  ]);
  const [overlay, list] = changes;
  expect(overlay?.before).toBeUndefined();
  expect(overlay?.after?.trimEnd().split('\n').length).toBeLessThan(25);
  expect(list?.after).toBe(`${list?.before}  - shards/us-1\n`);
  await applyChanges(changes);
  expect(await readFile(`${made.fleet}/shards/us-1/kustomization.yaml`, 'utf8')).toBe(overlay?.after);
  if (!builder) return;
  const before = await build(`${made.fleet}/shards/eu-1`);
  const added = await build(`${made.fleet}/shards/us-1`);
  expect(added).toHaveLength(before.length);
});
