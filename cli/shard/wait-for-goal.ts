import { UsherError } from '../../common/errors.ts';
import { sleep } from '../../common/time.ts';
import type { ShardStatus } from '../../orchestrator/api/schema.ts';
import { ApiUnreachableError } from '../api/request.ts';
import type { UsherApi } from '../api/usher-api.ts';
import type { Context } from '../context.ts';
import { ProgressLine } from '../output/progress-line.ts';
import { describeProgress } from './describe-progress.ts';
import type { Goal } from './goals.ts';

const everyMs = 1_000;
/** An orchestrator that has just started does not know every shard yet: only so many looks make sure. */
const looksToBeSure = 3;

/**
 * Waits until `goal` is reached for the shard `name`, with its progress on stderr. An API that goes away meanwhile
 * is waited for. Tells whether it was reached from the beginning.
 *
 * @throws UsherError on Ctrl-C, after `timeoutSeconds`, and when somebody takes the change back
 */
export async function waitForGoal(
  api: UsherApi,
  name: string,
  goal: Goal,
  timeoutSeconds: number,
  context: Context,
): Promise<boolean> {
  const { signal, hint } = context;
  const goesOn = `${goal.work} goes on; look: ${hint(`shard show ${name}`)}; take it back: ${hint(`${goal.undo} ${name}`)}`;
  const end = Date.now() + timeoutSeconds * 1_000;
  const line = new ProgressLine(context.stderr);
  let missing = 0;
  let wasWished = false;
  try {
    for (let first = true; ; first = false) {
      const shards = await look(api, line);
      if (shards) {
        const shard = shards.find((one) => one.name === name);
        missing = shard ? 0 : missing + 1;
        line.show(describeProgress(name, shards));
        if (missing >= looksToBeSure && goal.whenMissing === 'reached') return false;
        const wished = shard !== undefined && goal.isWished(shard);
        if (wished && goal.isReached(shard)) return first;
        if (shard && wasWished && !wished) throw takenBack(shard, goal);
        wasWished ||= wished;
      }
      if (Date.now() >= end) throw new UsherError(`not done after ${timeoutSeconds} s; ${goesOn}`);
      await sleep(Math.min(everyMs, end - Date.now()), signal);
      signal.throwIfAborted();
    }
  } catch (error) {
    if (signal.aborted) throw new UsherError(`stopped waiting; ${goesOn}`, undefined, { cause: error });
    throw error;
  } finally {
    line.end();
  }
}

async function look(api: UsherApi, line: ProgressLine): Promise<ShardStatus[] | undefined> {
  try {
    return await api.shards();
  } catch (error) {
    if (!(error instanceof ApiUnreachableError)) throw error;
    line.show('the API does not answer; trying on');
    return undefined;
  }
}

function takenBack({ name, desired, removing }: ShardStatus, { work }: Goal): UsherError {
  const now = `${desired}${removing ? ', to be removed' : ''}`;
  return new UsherError(`${work} was taken back by somebody else: shard ${name} is now ${now}`);
}
