import { existsSync } from 'node:fs';
import { stat, statfs } from 'node:fs/promises';
import { mapNames } from '../../../haproxy/maps/map-change.ts';
import { mapFile } from '../../../haproxy/maps/map-file.ts';
import { proxyDirectory } from '../../../orchestrator/local-fleet/paths.ts';
import type { Check } from '../check.ts';
import { error, type Finding, warn } from '../finding.ts';

/** Maps are written beside the old ones, by a rename: this much more of each, and some for a socket and a log. */
const spareBytes = 4_000_000;
/** An hour of a busy fleet's growth, and a log that says why. */
const comfortableBytes = 256_000_000;
const fewFiles = 100;

/** Can map files and logs be written? */
export const diskCheck: Check = {
  name: 'disk',
  about: 'there is room for map files and logs',
  live: false,
  async run({ fleet, paths }) {
    const folders = fleet.proxies.map(({ name }) => proxyDirectory(paths, name));
    const findings = [paths.state, ...folders].filter(existsSync).map(async (folder) => {
      const { bavail, bsize, files, ffree } = await statfs(folder);
      const neededBytes = (await mapBytes(folder)) + spareBytes;
      // Some file systems count no files.
      const freeFiles = files > 0 ? ffree : Number.POSITIVE_INFINITY;
      return judgeSpace(folder, { freeBytes: bavail * bsize, freeFiles, neededBytes });
    });
    return (await Promise.all(findings)).flat();
  },
};

/** Nothing when a folder has room enough. */
export function judgeSpace(
  folder: string,
  { freeBytes, freeFiles, neededBytes }: { freeBytes: number; freeFiles: number; neededBytes: number },
): Finding[] {
  const room = `${Math.round(freeBytes / 1_000_000)} MB are free`;
  const frozen = 'make room: a proxy whose maps cannot be written acknowledges nothing, and all changes wait';
  if (freeBytes < neededBytes) {
    return [
      error(
        folder,
        `${room}, and ${Math.ceil(neededBytes / 1_000_000)} MB are needed to write the maps`,
        frozen,
      ),
    ];
  }
  if (freeFiles < fewFiles) return [error(folder, `only ${freeFiles} more files may be made`, frozen)];
  if (freeBytes >= comfortableBytes) return [];
  return [warn(folder, room, frozen)];
}

async function mapBytes(folder: string): Promise<number> {
  const sizes = mapNames.map((map) =>
    stat(mapFile(folder, map)).then(
      ({ size }) => size,
      () => 0,
    ),
  );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
