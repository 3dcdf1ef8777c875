import { UsherError } from '../../common/errors.ts';
import { count } from '../../common/words.ts';
import { compareObjects, type FieldDifference } from '../cluster/compare-objects.ts';
import { Discovery } from '../cluster/discovery.ts';
import { type DryRun, dryRun } from '../cluster/dry-run.ts';
import { wordsFor } from '../cluster/manifest.ts';
import { openCluster } from '../cluster/open-cluster.ts';
import { planObjects } from '../cluster/plan-objects.ts';
import { render } from '../cluster/render.ts';
import type { Context } from '../context.ts';
import { paintChange } from '../output/paint.ts';
import { print } from '../output/print.ts';
import type { Output } from '../terminal.ts';
import { fleetInCluster, folderToBuild } from './fleet-in-cluster.ts';

/** An object that applying would create or change. */
interface ObjectDifference {
  readonly object: string;
  readonly change: 'create' | 'change' | 'refused';
  readonly fields: readonly FieldDifference[];
  /** Fields that only `--force-conflicts` takes over from another manager; or why the server refuses the object. */
  readonly remarks: readonly string[];
}

/**
 * Shows what applying a shard, or the whole fleet, would change, by the API server's own word.
 *
 * @throws UsherError when there is anything
 */
export async function diffCluster(shard: string | undefined, context: Context): Promise<void> {
  await fleetInCluster(context.folder, '`usher diff`');
  const { objects } = await render(await folderToBuild(context, shard), context.signal);
  const server = await openCluster(context);
  const tried = await dryRun(server, await planObjects(objects, server, new Discovery(server)));
  const found = tried.flatMap(differenceOf);
  print(context, found, () => found.map((one) => formatDifference(one, context.stdout)).join(''));
  if (found.length > 0) throw new UsherError(`${count(found.length, 'object')} of ${objects.length} differ`);
  if (!context.json)
    context.stderr.write(`the cluster has all ${objects.length} objects as they are written\n`);
}

function differenceOf({ object, live, result, refusal, conflicts }: DryRun): ObjectDifference[] {
  const named = wordsFor(object);
  if (refusal !== undefined) return [{ object: named, change: 'refused', fields: [], remarks: [refusal] }];
  if (live === undefined) return [{ object: named, change: 'create', fields: [], remarks: [] }];
  const fields = result === undefined ? [] : compareObjects(live, result);
  return fields.length === 0 ? [] : [{ object: named, change: 'change', fields, remarks: conflicts }];
}

function formatDifference({ object, change, fields, remarks }: ObjectDifference, output: Output): string {
  const lines = fields.flatMap(({ field, live, wanted }) => [
    ...(live === undefined ? [] : [paintChange(`  - ${field}: ${JSON.stringify(live)}`, 'gone', output)]),
    ...(wanted === undefined ? [] : [paintChange(`  + ${field}: ${JSON.stringify(wanted)}`, 'come', output)]),
  ]);
  return [`${change} ${object}`, ...lines, ...remarks.map((remark) => `  ! ${remark}`)]
    .map((line) => `${line}\n`)
    .join('');
}
