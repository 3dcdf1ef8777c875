import { UsherError } from '../../common/errors.ts';
import { namespaceOf } from '../../shards/kubernetes/names.ts';
import { applyChanges } from '../../shards/overlay/apply-changes.ts';
import { shardFolder } from '../../shards/overlay/fleet-folder.ts';
import type { TextChange } from '../../shards/overlay/text-change.ts';
import type { ApiServer } from '../cluster/api-server.ts';
import { openCluster } from '../cluster/open-cluster.ts';
import { unreadyPods } from '../cluster/unready-pods.ts';
import type { Context } from '../context.ts';
import { deploy } from '../deploy/apply.ts';
import type { ChangeFlags } from '../flags.ts';
import { commitFiles, refuseUncommitted, uncommittedFiles } from '../git/commit-files.ts';
import { offerSecret } from '../secrets/offer-secret.ts';
import type { DeliveryFlags } from './delivery.ts';
import type { Course } from './settle.ts';

/** What was done beside the files, or would be, and how it goes on. */
interface Delivered {
  readonly more: string[];
  readonly course: Course;
}

/** Writes what adds a shard to a fleet in a cluster, and applies or commits it if it is told to. */
export async function deliverAdded(
  name: string,
  plan: readonly TextChange[],
  flags: ChangeFlags & DeliveryFlags,
  context: Context,
): Promise<Delivered> {
  const dryRun = flags.dryRun ?? false;
  if (flags.commit) return commitAdded(name, plan, dryRun, context);
  if (!flags.apply) {
    if (!dryRun) await applyChanges(plan);
    return { more: [], course: { next: `apply it: ${context.hint(`apply ${name}`)}, or commit it` } };
  }
  const server = await openCluster(context);
  if (dryRun)
    return {
      more: [`apply ${shardFolder(context.folder, name)} to context "${server.context}"`],
      course: {},
    };
  await applyChanges(plan);
  const more = await applyAdded(name, server, flags, context);
  return { more, course: { also: () => unready(server, name) } };
}

async function applyAdded(
  name: string,
  server: ApiServer,
  { forceConflicts }: DeliveryFlags,
  context: Context,
): Promise<string[]> {
  try {
    const made = await offerSecret(name, server, context);
    return [...made, ...(await deploy(server, name, { forceConflicts }, context))];
  } catch (error) {
    context.stderr.write(
      `the overlay of ${name} is written and stays; when it can be applied: ${context.hint(`apply ${name}`)}\n`,
    );
    throw error;
  }
}

async function commitAdded(
  name: string,
  plan: readonly TextChange[],
  dryRun: boolean,
  context: Context,
): Promise<Delivered> {
  const { folder, signal } = context;
  const message = `Add shard ${name}`;
  const paths = [shardFolder(folder, name), `${folder}/kustomization.yaml`];
  const before = await uncommittedFiles(folder, paths, signal);
  // Who asks again after being cut commits what stands there, but never what somebody has staged.
  refuseUncommitted(before.filter(({ staged }) => staged || plan.length > 0));
  const changed = plan.length > 0 || before.length > 0;
  const delivered = {
    more: changed ? [`commit "${message}"`] : [],
    course: { next: 'push it, for Argo CD or Flux to apply' },
  };
  if (dryRun || !changed) return delivered;
  await applyChanges(plan);
  await commitFiles(folder, await uncommittedFiles(folder, paths, signal), message, signal);
  return delivered;
}

/** An API server that is away for a moment ends no waiting. */
async function unready(server: ApiServer, name: string): Promise<string> {
  try {
    return await unreadyPods(server, namespaceOf(name));
  } catch (error) {
    if (error instanceof UsherError) return `pods: ${error.message}`;
    throw error;
  }
}
