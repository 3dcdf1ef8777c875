import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { UsherError } from '../../common/errors.ts';
import { hostPort } from '../../haproxy/config/address.ts';
import { readHaproxyVersion } from '../../haproxy/config/version.ts';
import { isPortFree } from '../../shards/local/process/ports.ts';
import { listeners } from '../fleet/rules.ts';
import type { Fleet } from '../fleet/schema.ts';
import { portOwner } from './port-owner.ts';

/** What a local fleet runs besides HAProxy, whose version matters and is asked for. */
const programs = ['redis-server', 'prosody', 'nginx'];

/** Throws UsherError when a program that the fleet needs is missing or too old. */
export async function checkPrograms(signal: AbortSignal): Promise<void> {
  await readHaproxyVersion('haproxy', signal);
  for (const program of programs) {
    if (await isOnPath(program)) continue;
    throw new UsherError(
      `${program} is missing, and the fleet needs it: run \`npm run setup\`, or install it yourself`,
    );
  }
}

/** Throws UsherError when a stranger holds a port that the fleet file gives to the fleet. */
export async function checkPorts(fleet: Fleet, folder: string): Promise<void> {
  for (const [path, address] of listeners(fleet)) {
    if (await isPortFree(address.port)) continue;
    const owner = await portOwner(address.port);
    throw new UsherError(
      `${hostPort(address)} is in use${owner ? ` by ${owner}` : ''}, and ${join(folder, 'fleet.yaml')} gives it to ` +
        `${path.join('.')}: stop what uses it, or write another port there`,
    );
  }
}

async function isOnPath(program: string): Promise<boolean> {
  for (const directory of (process.env.PATH ?? '').split(delimiter)) {
    const found = await access(join(directory, program), constants.X_OK).then(
      () => true,
      () => false,
    );
    if (found) return true;
  }
  return false;
}
