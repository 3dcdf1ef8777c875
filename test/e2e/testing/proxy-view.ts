import { join } from 'node:path';
import { shardsBackend } from '../../../haproxy/agent/proxy-servers.ts';
import { mapFile } from '../../../haproxy/maps/map-file.ts';
import { RuntimeClient } from '../../../haproxy/runtime/client.ts';
import { readEntries } from '../../../haproxy/runtime/map-read.ts';
import { listServers } from '../../../haproxy/runtime/servers.ts';
import { fleetPaths, proxyDirectory } from '../../../orchestrator/local-fleet/paths.ts';

/** What a running HAProxy itself says that it holds. */
export interface ProxyView {
  readonly servers: string[];
  readonly rooms: Map<string, string>;
  readonly slots: Map<string, string>;
  readonly buckets: Map<string, string>;
}

/** Reads servers and maps over the runtime socket of a proxy; throws RuntimeError when it is away. */
export async function proxyView({ state }: { state: string }, proxy: string): Promise<ProxyView> {
  const directory = proxyDirectory(fleetPaths(state), proxy);
  const client = new RuntimeClient({ address: join(directory, 'runtime.sock') });
  const map = async (name: 'rooms' | 'slots' | 'buckets') =>
    new Map(await Array.fromAsync(readEntries(client, mapFile(directory, name))));
  const servers = (await listServers(client, shardsBackend)).map(({ name }) => name);
  return { servers, rooms: await map('rooms'), slots: await map('slots'), buckets: await map('buckets') };
}
