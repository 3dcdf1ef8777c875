import { messageOf } from '../../common/errors.ts';
import { sleep } from '../../common/time.ts';
import { readFleetShards } from '../../orchestrator/fleet/read-fleet.ts';
import { whatIsMissing } from '../../orchestrator/local-fleet/what-is-missing.ts';
import { proxyNames, type World } from './world.ts';

/** How long a fleet may take to be whole again, in milliseconds. */
const wholeWithinMs = 60_000;

/** Thrown when a fleet did not heal; says what is still wrong. */
export class Unhealed extends Error {}

/**
 * Waits until the fleet is as it should be: shards, proxies, buckets, nothing on the move, and every proxy's maps as
 * the table has them.
 * @throws Unhealed after a minute.
 */
export async function untilWhole(world: World): Promise<void> {
  const begun = performance.now();
  let wrong: string | undefined;
  while (performance.now() - begun < wholeWithinMs) {
    world.signal.throwIfAborted();
    wrong = await whatIsWrong(world).catch(messageOf);
    if (wrong === undefined) return;
    await sleep(200, world.signal);
  }
  throw new Unhealed(`not whole after ${wholeWithinMs / 1_000} s: ${wrong}`);
}

async function whatIsWrong(world: World): Promise<string | undefined> {
  const { folder, fleet } = world.running;
  const status = await world.api.status();
  const missing = whatIsMissing(status, fleet, await readFleetShards(folder, fleet));
  if (missing !== undefined) return missing;
  const { replicas, sentinels } = status.redis;
  const { nodes = [] } = fleet.redis;
  if (sentinels && (replicas !== nodes.length - 1 || sentinels.agree !== sentinels.of))
    return `Redis has ${replicas} replicas, and ${sentinels.agree} of ${sentinels.of} Sentinels agree`;
  // Rooms end all the time; everything else comes to rest.
  const moving = status.operations.find(({ kind }) => kind !== 'retire');
  if (moving) return `${moving.id} is in phase ${moving.phase}`;
  for (const proxy of proxyNames(world)) {
    const [first] = (await world.api.diffProxy(proxy)).differences;
    if (first) return `${proxy} differs in ${first.map} ${first.key} (${first.where})`;
  }
  return undefined;
}
