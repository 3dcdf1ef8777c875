import { UsherError } from '../../common/errors.ts';
import { sleep } from '../../common/time.ts';
import type { ShardStatus } from '../../orchestrator/api/schema/shards.ts';
import { ApiUnreachableError } from '../api/request.ts';
import type { UsherApi } from '../api/usher-api.ts';
import type { Context } from '../context.ts';
import { ProgressLine } from '../output/progress-line.ts';
import { describeProgress } from './describe-progress.ts';
import type { Goal } from './goals.ts';

const everyMs = 1_000;
/** What is left of a shard that is gone may be deleted then: only so many looks in a row make sure. */
const looksToBeSure = 3;

/** What was seen so far. */
interface Seen {
  /** Looks in a row that did not find the shard. */
  missing: number;
  /** Did its record ever carry the wish? */
  wished: boolean;
}

/**
 * Waits until `goal` is reached for the shard `name`, with its progress on stderr. An API that goes away meanwhile
 * is waited for. Tells whether the goal was reached from the beginning. `also` knows more of the progress.
 *
 * @throws UsherError on Ctrl-C, after `timeoutSeconds`, and when somebody takes the change back
 */
export async function waitForGoal(
  api: UsherApi,
  name: string,
  goal: Goal,
  timeoutSeconds: number,
  { signal, hint, stderr }: Context,
  also: () => Promise<string> = async () => '',
): Promise<boolean> {
  const look = hint(`shard show ${name}`);
  const goesOn = `${goal.work} goes on; look: ${look}; take it back: ${hint(`${goal.undo} ${name}`)}`;
  const end = Date.now() + timeoutSeconds * 1_000;
  const line = new ProgressLine(stderr);
  const seen: Seen = { missing: 0, wished: false };
  try {
    for (let first = true; ; first = false) {
      if (await isReached(api, name, goal, seen, line, also)) return first;
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

/** Takes one look, and shows what it found. */
async function isReached(
  api: UsherApi,
  name: string,
  goal: Goal,
  seen: Seen,
  line: ProgressLine,
  also: () => Promise<string>,
): Promise<boolean> {
  try {
    const shards = await api.shards();
    const more = await also();
    const progress = `${describeProgress(name, shards)}${more && `; ${more}`}`;
    line.show(progress);
    const shard = shards.find((one) => one.name === name);
    seen.missing = shard ? 0 : seen.missing + 1;
    if (!shard) return goal.whenMissing === 'reached' && seen.missing >= looksToBeSure;
    const wished = goal.isWished(shard);
    if (seen.wished && !wished) throw takenBack(shard, goal);
    seen.wished ||= wished;
    if (!wished || !goal.isReached(shard)) return false;
    if (!goal.settled || (await isSettled(api))) return true;
    line.show(`${progress}, on the move`);
  } catch (error) {
    if (!(error instanceof ApiUnreachableError)) throw error;
    line.show(`the API does not answer; trying on${await also().then((more) => more && `; ${more}`)}`);
  }
  return false;
}

/** Without Redis nobody knows what is on the move. */
async function isSettled(api: UsherApi): Promise<boolean> {
  const { redis, operations } = await api.status();
  return redis.ok && operations.every(({ kind }) => kind !== 'move');
}

function takenBack({ name, desired, removing }: ShardStatus, { work }: Goal): UsherError {
  const now = `${desired}${removing ? ', to be removed' : ''}`;
  return new UsherError(`${work} was taken back by somebody else: shard ${name} is now ${now}`);
}
