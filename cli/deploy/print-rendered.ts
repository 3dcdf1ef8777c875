import { render } from '../cluster/render.ts';
import type { Context } from '../context.ts';
import { print } from '../output/print.ts';
import { folderToBuild } from './fleet-in-cluster.ts';

/** Prints what kustomize makes of a shard, or of the whole fleet: for programs as a list of objects. */
export async function printRendered(shard: string | undefined, context: Context): Promise<void> {
  const { text, objects } = await render(await folderToBuild(context, shard), context.signal);
  print(context, objects, () => text);
}
