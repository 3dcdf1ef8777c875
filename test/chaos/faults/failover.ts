import { pick } from '../../../common/random.ts';
import { waitFor } from '../../../common/time.ts';
import { hostPort } from '../../../haproxy/config/address.ts';
import { askRedis } from '../../../haproxy/stick-table/ask-redis.ts';
import { ownRedis } from '../../../orchestrator/local-fleet/own-redis.ts';
import { fleetPaths } from '../../../orchestrator/local-fleet/paths.ts';
import { redisNodes } from '../../../orchestrator/local-fleet/redis-servers.ts';
import type { World } from '../world.ts';
import type { Fault } from './fault.ts';

/**
 * Another node becomes the primary: the Sentinels are asked for it, or the primary dies or hangs until they have
 * chosen, and hangs on for a while. Only where the fleet has Sentinels.
 */
export const failover: Fault = {
  kind: 'sentinel-failover',
  lasts: true,
  async aim(world, random) {
    const { redis } = world.running.fleet;
    const [sentinel] = redis.sentinels ?? [];
    if (!sentinel) return undefined;
    const how = pick(random, ['asked for', 'killed', 'stopped'] as const);
    const before = hostPort(await world.primary());
    const { name, pid } = processAt(world, before);
    return {
      target: `${name}, ${how}`,
      blame: {},
      async inject() {
        if (how === 'asked for') {
          await askRedis(sentinel, redis.sentinelPassword, (one) =>
            one.call('SENTINEL', 'FAILOVER', redis.primary),
          );
        } else process.kill(-pid, how === 'killed' ? 'SIGKILL' : 'SIGSTOP');
        const another = async () => ![before, undefined].includes(await namedPrimary(world)) || undefined;
        const describe = () => `the Sentinels chose no other primary than ${name}`;
        await waitFor(another, { timeoutMs: 30_000, describe });
        return async () => {
          if (how === 'stopped') process.kill(-pid, 'SIGCONT');
        };
      },
    };
  },
};

/** Undefined while the Sentinels do not agree. */
async function namedPrimary(world: World): Promise<string | undefined> {
  return world.primary().then(hostPort, () => undefined);
}

function processAt({ running }: World, primary: string): { name: string; pid: number } {
  const own = ownRedis(running.fleet);
  const nodes = own ? redisNodes(own, fleetPaths(running.state)) : [];
  const name = nodes.find(({ address }) => hostPort(address) === primary)?.name ?? '';
  const pid = running.processes.find(name)?.pid;
  if (pid === undefined) throw new Error(`no node of the fleet runs at ${primary}`);
  return { name, pid };
}
