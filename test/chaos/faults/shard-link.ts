import { join } from 'node:path';
import { between, pick, type Random } from '../../../common/random.ts';
import { shardsBackend } from '../../../haproxy/agent/proxy-servers.ts';
import { RuntimeClient } from '../../../haproxy/runtime/client.ts';
import { listServers, shutdownSessions } from '../../../haproxy/runtime/servers.ts';
import { Link, type LinkState } from '../link.ts';
import { folderOf, proxyNames, shardNames } from '../world.ts';
import type { Fault } from './fault.ts';

/** The network between one proxy and one shard is bad: no other proxy sees anything of it. */
export const shardLinks: readonly Fault[] = [
  shardLink('cut-shard-link', (random) => pick(random, [{ is: 'cut' }, { is: 'silent' }])),
  shardLink('slow-shard-link', (random) => ({ is: 'slow', ms: between(random, 50, 500) })),
];

function shardLink(kind: string, draw: (random: Random) => LinkState): Fault {
  return {
    kind,
    lasts: true,
    async aim(world, random) {
      const proxy = pick(random, proxyNames(world));
      const shard = pick(random, await shardNames(world));
      const state = draw(random);
      const { incarnation, web } = await world.api.shard(shard);
      const { hostname: host, port } = new URL(web);
      const runtime = new RuntimeClient({ address: join(folderOf(world, proxy), 'runtime.sock') });
      const lead = async (to: string) => {
        // The proxy may have been started anew meanwhile, or the shard's server replaced: then nothing leads astray.
        const servers = await listServers(runtime, shardsBackend);
        if (!servers.some(({ name }) => name === incarnation)) return;
        await runtime.ask([['set', 'server', `${shardsBackend}/${incarnation}`, 'addr', host, 'port', to]]);
      };
      return {
        target: `${proxy} to ${shard}, ${state.is === 'slow' ? `${state.ms} ms slow` : state.is}`,
        blame: { links: [{ proxy, shard }] },
        async inject() {
          const link = await Link.to({ host, port: Number(port) });
          link.set(state);
          await lead(`${link.port}`);
          if (state.is !== 'slow') await shutdownSessions(runtime, shardsBackend, incarnation);
          return async () => {
            await lead(port);
            // Websockets that were opened meanwhile go on through it.
            link.set({ is: 'open' });
            world.keep(link);
          };
        },
      };
    },
  };
}
