import { pick } from '../../../common/random.ts';
import { RuntimeClient } from '../../../haproxy/runtime/client.ts';
import { reload as reloadHaproxy } from '../../../haproxy/runtime/processes.ts';
import { fleetPaths, masterSocket } from '../../../orchestrator/local-fleet/paths.ts';
import { proxyNames } from '../world.ts';
import { type Fault, nothingToHeal } from './fault.ts';

/** HAProxy is reloaded: its old worker serves its websockets on. */
export const reload: Fault = {
  kind: 'reload-proxy',
  lasts: false,
  async aim(world, random) {
    const proxy = pick(random, proxyNames(world));
    const address = masterSocket(fleetPaths(world.running.state), proxy);
    return {
      target: proxy,
      blame: {},
      async inject() {
        await reloadHaproxy(new RuntimeClient({ address, signal: world.signal }));
        return nothingToHeal;
      },
    };
  },
};
