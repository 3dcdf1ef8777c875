import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { applyChanges } from '../../shards/overlay/apply-changes.ts';
import { planAdd } from '../../shards/overlay/plan-add.ts';
import { shardSpec } from '../../shards/spec/schema.ts';

const kustomize = join(import.meta.dirname, '../../kustomize');

/** One shard of a fleet under test; without components it takes those of the one before it. */
export interface TestShard {
  readonly name: string;
  readonly components?: readonly string[];
  /** More literals of its ConfigMap. */
  readonly literals?: readonly string[];
}

/**
 * A copy of kustomize/ in a temporary folder, in which the fleet `example` has these shards, added as
 * `usher shard add` does. Gives that fleet's folder and the folder to delete.
 */
export async function makeFleet(shards: readonly TestShard[]): Promise<{ fleet: string; root: string }> {
  const root = await mkdtemp(join(tmpdir(), 'usher-kustomize-'));
  const fleet = join(root, 'overlays/example');
  for (const part of ['base', 'components', 'overlays/example/env']) {
    await cp(join(kustomize, part), join(root, part), { recursive: true });
  }
  await writeFile(join(fleet, 'kustomization.yaml'), 'resources: []\n');
  for (const { name, components, literals = [] } of shards) {
    const spec = shardSpec.parse({ name, region: 'eu', bridges: { min: 2, max: 8 } });
    await applyChanges(await planAdd(fleet, spec));
    const file = join(fleet, 'shards', name, 'kustomization.yaml');
    let text = await readFile(file, 'utf8');
    if (components) {
      const lines = components.map((one) => `  - ../../../../components/${one}\n`).join('');
      text = text.replace(/^components:\n(?: .*\n)*/m, `components:\n${lines}`);
    }
    await writeFile(file, text + literals.map((literal) => `      - ${literal}\n`).join(''));
  }
  return { fleet, root };
}
