import { UsherError } from '../../common/errors.ts';
import { sleep } from '../../common/time.ts';
import type { UpgradeStatus } from '../../orchestrator/api/schema/upgrade.ts';
import { ApiUnreachableError } from '../api/request.ts';
import type { UsherApi } from '../api/usher-api.ts';
import type { Context } from '../context.ts';
import { ProgressLine } from '../output/progress-line.ts';

const everyMs = 1_000;

/**
 * Waits until the upgrade is done, with its progress on stderr. An API that goes away meanwhile is waited for.
 *
 * @param helper does what the upgrade waits for, if it can, at every look
 * @throws UsherError on Ctrl-C, after `timeoutSeconds`, and when the upgrade stops or is paused
 */
export async function waitForUpgrade(
  api: UsherApi,
  timeoutSeconds: number,
  { signal, hint, stderr, stdout, json }: Context,
  helper: (upgrade: UpgradeStatus, line: ProgressLine) => Promise<void> = async () => undefined,
): Promise<void> {
  const goesOn = `the upgrade goes on; look: ${hint('shard upgrade status')}`;
  const end = Date.now() + timeoutSeconds * 1_000;
  const line = new ProgressLine(stderr);
  try {
    for (;;) {
      const state = await look(api, line, helper);
      if (state === 'done') break;
      if (Date.now() >= end) throw new UsherError(`not done after ${timeoutSeconds} s; ${goesOn}`);
      await sleep(Math.min(everyMs, end - Date.now()), signal);
      if (signal.aborted) throw new UsherError(`stopped waiting; ${goesOn}`);
    }
  } finally {
    line.end();
  }
  if (!json) stdout.write('the upgrade is done\n');
}

async function look(
  api: UsherApi,
  line: ProgressLine,
  helper: (upgrade: UpgradeStatus, line: ProgressLine) => Promise<void>,
): Promise<UpgradeStatus['state'] | undefined> {
  try {
    const upgrade = await api.upgrade();
    const { state, reason, shards } = upgrade;
    const done = shards.filter((one) => one.done).length;
    const under = shards.filter((one) => !one.done && one.new !== null).map((one) => one.reason);
    line.show(`${done} of ${shards.length} shards done${under.length > 0 ? `: ${under.join('; ')}` : ''}`);
    if (state === 'stopped' || state === 'paused') throw new UsherError(`the upgrade is ${state}: ${reason}`);
    await helper(upgrade, line);
    return state;
  } catch (error) {
    if (!(error instanceof ApiUnreachableError)) throw error;
    line.show('the API does not answer; trying on');
    return undefined;
  }
}
