import { UsherError } from '../../common/errors.ts';
import type { Logger } from '../../common/log.ts';
import { sleep } from '../../common/time.ts';
import { scaleBridges, setCost } from './bridges.ts';
import type { ClusterApi } from './cluster-api.ts';
import { type ClusterView, podsOf } from './cluster-view.ts';
import { decideRemoval } from './decide-removal.ts';

/** Until exactly they are ending; the controllers take some 0.1 s here, and seconds in a large cluster. */
const timeoutMs = 30_000;

/** The ReplicaSet controller has the costs from a copy of its own, which may be this far behind ours. */
const settleMs = 1_000;

/**
 * Ends exactly these bridges by their deletion costs and fewer replicas; returns when they are ending. It looks before
 * each step, and does nothing where others than these might go.
 *
 * @throws UsherError when it is not safe now, takes too long, or another has gone; to call it again is safe
 */
export async function removeBridges(
  { api, view, log }: { api: ClusterApi; view: ClusterView; log: Logger },
  shard: string,
  names: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const end = Date.now() + timeoutMs;
  let settled = false;
  let before: string[] = [];
  let reason = 'no look yet';
  while (Date.now() < end && !signal.aborted) {
    const objects = view.shard(shard);
    const pods = podsOf(objects, 'jvb');
    const present = pods.map(({ metadata }) => metadata.name);
    assertOnly(before, present, names, shard, log);
    const step = decideRemoval({ deployment: objects.deployment, pods }, names);
    if (step.kind === 'done') return;
    if (step.kind === 'refuse') {
      throw new UsherError(`shard ${shard}: can't remove ${names.join(', ')} now: ${step.reason}`);
    }
    reason = step.reason;
    if (step.kind === 'cost') {
      await Promise.all(step.pods.map((pod) => setCost(api, pod, step.cost, signal)));
    }
    if (step.kind === 'lower') {
      if (!settled) {
        await sleep(settleMs, signal);
        settled = true;
        continue;
      }
      if (await scaleBridges(api, shard, step, signal)) before = present;
    }
    await view.changes.wait(500, signal);
  }
  throw new UsherError(`shard ${shard}: ${names.join(', ')} did not go in time: ${reason}`);
}

/** @throws UsherError, loudly, when a bridge has gone that was to stay: its meetings may have been cut. */
function assertOnly(
  before: readonly string[],
  present: readonly string[],
  names: readonly string[],
  shard: string,
  log: Logger,
): void {
  const others = before.filter((name) => !present.includes(name) && !names.includes(name));
  if (others.length === 0) return;
  log.error({ shard, meant: names, gone: others }, 'a bridge has gone that was to stay');
  throw new UsherError(
    `shard ${shard}: ${others.join(', ')} went too, with ${names.join(', ')} to be removed`,
  );
}
