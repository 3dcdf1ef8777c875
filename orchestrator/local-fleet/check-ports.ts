import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { UsherError } from '../../common/errors.ts';
import { type Address, hostPort } from '../../haproxy/config/address.ts';
import { indent, parseYaml, placeOf } from '../../shards/overlay/yaml-source.ts';
import { listeners } from '../fleet/rules.ts';
import type { Fleet } from '../fleet/schema.ts';
import { ownRedis } from './own-redis.ts';
import { portOwner } from './port-owner.ts';

/** Throws one UsherError with every address that the fleet can't have, who has it, and the line to change. */
export async function checkPorts(fleet: Fleet, folder: string): Promise<void> {
  const file = join(folder, 'fleet.yaml');
  const source = parseYaml(file, await readFile(file, 'utf8'));
  const findings: string[] = [];
  for (const [path, address] of listeners(fleet)) {
    // Somebody else's Redis is meant to be there.
    if (path[0] === 'redis' && !ownRedis(fleet)) continue;
    const fault = await listenFault(address);
    if (fault !== undefined) findings.push(`${placeOf(source, path)}: ${path.join('.')}: ${fault}`);
  }
  if (findings.length === 0) return;
  throw new UsherError(
    `the fleet can't listen where its file says:\n${indent(findings)}\nstop what is in the way, or change these lines`,
  );
}

/** Why nobody can listen there now; undefined when one can. */
async function listenFault({ host, port }: Address): Promise<string | undefined> {
  const server = createServer();
  try {
    // HAProxy's `*` is every IPv4 address.
    await once(server.listen(port, host === '*' ? '0.0.0.0' : host), 'listening');
    return undefined;
  } catch (error) {
    const address = hostPort({ host, port });
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EADDRINUSE') {
      return `${address} is in use by ${(await portOwner(port)) ?? 'a program of another user'}`;
    }
    if (code === 'EACCES') return `${address} is open to root alone; ports from 1024 up are free to all`;
    return `${address} is no address of this machine (${code})`;
  } finally {
    server.close();
  }
}
