import { copyFile, truncate } from 'node:fs/promises';
import { pick } from '../../../common/random.ts';
import { mapFile } from '../../../haproxy/maps/map-file.ts';
import { processNames } from '../../../orchestrator/local-fleet/fleet-processes.ts';
import { folderOf, proxyNames } from '../world.ts';
import type { Fault } from './fault.ts';

/** HAProxy starts from rooms as they were some seconds ago, or from none. */
export const staleMap: Fault = {
  kind: 'stale-map',
  lasts: true,
  async aim(world, random) {
    const proxy = pick(random, proxyNames(world));
    const how = pick(random, ['old', 'empty'] as const);
    const file = mapFile(folderOf(world, proxy), 'rooms');
    return {
      target: `${proxy}, ${how} rooms.map`,
      blame: { proxies: [proxy] },
      async inject() {
        await copyFile(file, `${file}.old`);
        return async () => {
          const { pid } = world.running.processes.find(processNames.haproxy(proxy)) ?? {};
          if (how === 'old') await copyFile(`${file}.old`, file);
          else await truncate(file);
          if (pid !== undefined) process.kill(-pid, 'SIGKILL');
        };
      },
    };
  },
};
