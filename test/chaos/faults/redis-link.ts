import { between, pick, type Random } from '../../../common/random.ts';
import { processNames } from '../../../orchestrator/local-fleet/fleet-processes.ts';
import type { LinkState } from '../link.ts';
import { proxyNames, type World } from '../world.ts';
import type { Fault } from './fault.ts';

/** The network between one process and Redis is bad. */
export const redisLinks: readonly Fault[] = [
  redisLink('cut-redis-link', (random) => pick(random, [{ is: 'cut' }, { is: 'silent' }])),
  // Around the time that a claim may take, and longer.
  redisLink('slow-redis-link', (random) => ({ is: 'slow', ms: between(random, 20, 300) })),
];

function redisLink(kind: string, draw: (random: Random) => LinkState): Fault {
  return {
    kind,
    lasts: true,
    async aim(world, random) {
      const link = world.redisLink;
      if (!link) return undefined;
      const user = pick(random, usersOfRedis(world));
      const state = draw(random);
      const how = state.is === 'slow' ? `${state.ms} ms slow` : state.is;
      return {
        target: `${user}'s, ${how}`,
        blame: {},
        async inject() {
          link.set(state, user);
          return async () => link.set({ is: 'open' }, user);
        },
      };
    },
  };
}

function usersOfRedis(world: World): string[] {
  const names = world.running.processes.list().map(({ name }) => name);
  const orchestrators = names.filter((name) => name.startsWith(processNames.orchestrator));
  return [...proxyNames(world).map(processNames.agent), ...orchestrators];
}
