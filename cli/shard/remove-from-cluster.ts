import type { ChangeAnswer } from '../../orchestrator/api/schema/change.ts';
import { applyChanges } from '../../shards/overlay/apply-changes.ts';
import { shardFolder } from '../../shards/overlay/fleet-folder.ts';
import { folderWishes } from '../../shards/overlay/folder-wishes.ts';
import type { UsherApi } from '../api/usher-api.ts';
import type { ApiServer } from '../cluster/api-server.ts';
import type { PruneDecision } from '../cluster/decide-prune.ts';
import { openCluster } from '../cluster/open-cluster.ts';
import { describePrune, planPrune, prune, refuseForeign } from '../cluster/prune.ts';
import { refuseUnlessRemoved } from '../cluster/refuse-unless-removed.ts';
import type { Context } from '../context.ts';
import {
  commitFiles,
  refuseUncommitted,
  type UncommittedFile,
  uncommittedFiles,
} from '../git/commit-files.ts';
import { confirm } from '../output/confirm.ts';
import { ProgressLine } from '../output/progress-line.ts';
import { nothingToChange, sayChange } from '../output/say-change.ts';
import type { ShardChangeFlags } from './change.ts';
import { describeChange } from './describe-change.ts';
import { goals } from './goals.ts';
import { waitForGoal } from './wait-for-goal.ts';

/**
 * Removes a shard of a fleet in a cluster: first the orchestrator empties it and says that it is removed, then its
 * overlay goes, and then, as told, its objects in the cluster or its files in git. Each step finds out by itself what
 * is left of it, so that who asks again goes on where it was cut.
 */
export async function removeFromCluster(
  name: string,
  api: UsherApi,
  ask: (dryRun: boolean) => Promise<ChangeAnswer>,
  flags: ShardChangeFlags,
  context: Context,
): Promise<void> {
  const dryRun = flags.dryRun ?? false;
  const server = flags.apply ? await openCluster(context) : undefined;
  const before = await planAll(name, server, flags, context);
  const isKnown = (await api.shards()).some((shard) => shard.name === name);
  const asked = isKnown ? await ask(true) : { changed: false, actions: [] };
  const actions = [...asked.actions, ...before.actions];
  if (dryRun || actions.length === 0) {
    sayChange({ changed: actions.length > 0, actions }, true, context);
    if (actions.length === 0) throw nothingToChange(`there is no shard ${name}`);
    return;
  }
  await confirmLoss(asked, before.pruning, flags, context);
  if (isKnown) await ask(false);
  if (isKnown && !flags.wait && !flags.commit) {
    sayChange(asked, false, context);
    const again = context.hint(`shard remove ${name}`);
    context.stderr.write(
      `the removal goes on by itself; when it is done, take it out: ${again} --apply or --commit\n`,
    );
    return;
  }
  await waitForGoal(api, name, goals.remove, flags.timeout, context);
  if (server && !flags.force) await refuseUnlessRemoved(server, name);
  // Something may have come since.
  const { changes, pruning } = await planAll(name, server, flags, context);
  await applyChanges(changes);
  if (server && pruning) await pruneWithProgress(server, pruning, name, flags, context);
  if (flags.commit) await commitRemoval(name, context);
  sayChange({ changed: true, actions }, false, context);
  if (!context.json) context.stdout.write(`shard ${name}: ${goals.remove.reached}\n`);
}

/** All that is to do beside what the orchestrator does; a UsageError when something is in the way. */
async function planAll(
  name: string,
  server: ApiServer | undefined,
  { commit, deleteForeign }: ShardChangeFlags,
  context: Context,
) {
  const changes = await folderWishes(context.folder).planRemoval(name);
  const actions = changes.map((change) => describeChange(change, false));
  const pruning = server && (await planPrune(server, name));
  if (pruning && !deleteForeign) refuseForeign(pruning);
  if (pruning) actions.push(...describePrune(pruning, name));
  if (commit) {
    const before = await filesOf(name, context);
    refuseUncommitted(before.filter(({ staged }) => staged || changes.length > 0));
    if (changes.length > 0 || before.length > 0) actions.push(`commit "${commitMessage(name)}"`);
  }
  return { changes, pruning, actions };
}

async function commitRemoval(name: string, context: Context): Promise<void> {
  const files = await filesOf(name, context);
  // An overlay that was never committed leaves nothing to commit.
  if (files.length > 0) await commitFiles(context.folder, files, commitMessage(name), context.signal);
}

function filesOf(name: string, { folder, signal }: Context): Promise<UncommittedFile[]> {
  return uncommittedFiles(folder, [`${folder}/kustomization.yaml`, shardFolder(folder, name)], signal);
}

function commitMessage(name: string): string {
  return `Remove shard ${name}`;
}

async function confirmLoss(
  { actions }: ChangeAnswer,
  pruning: PruneDecision | undefined,
  { force, deleteForeign, yes }: ShardChangeFlags,
  context: Context,
): Promise<void> {
  const lost = force ? [...actions] : [];
  const goesToo = deleteForeign && pruning?.namespaceStays === undefined ? (pruning?.foreign ?? []) : [];
  lost.push(
    ...goesToo.map(({ object, reason }) => `delete ${object.kind} ${object.metadata.name}, ${reason}`),
  );
  if (lost.length > 0 && !yes) await confirm(lost, context);
}

async function pruneWithProgress(
  server: ApiServer,
  pruning: PruneDecision,
  name: string,
  { timeout }: ShardChangeFlags,
  { stderr, signal }: Context,
): Promise<void> {
  const line = new ProgressLine(stderr);
  try {
    await prune(server, pruning, name, { timeoutSeconds: timeout, signal, say: (text) => line.show(text) });
  } finally {
    line.end();
  }
}
