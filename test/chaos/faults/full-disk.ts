import { rm, symlink } from 'node:fs/promises';
import { pick } from '../../../common/random.ts';
import { mapNames } from '../../../haproxy/maps/map-change.ts';
import { mapFile } from '../../../haproxy/maps/map-file.ts';
import { folderOf, proxyNames } from '../world.ts';
import type { Fault } from './fault.ts';

/** No map file can be written: each is written beside itself first, and there lies a link to /dev/full (ENOSPC). */
export const fullDisk: Fault = {
  kind: 'full-disk',
  lasts: true,
  async aim(world, random) {
    const proxy = pick(random, proxyNames(world));
    const files = mapNames.map((map) => `${mapFile(folderOf(world, proxy), map)}.new`);
    const clear = () => Promise.all(files.map((file) => rm(file, { force: true })));
    return {
      target: `the maps of ${proxy}`,
      blame: {},
      async inject() {
        await clear();
        await Promise.all(files.map((file) => symlink('/dev/full', file)));
        return async () => {
          await clear();
        };
      },
    };
  },
};
