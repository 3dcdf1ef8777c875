import { isIP } from 'node:net';
import { UsageError } from '../../common/errors.ts';
import { render } from '../../templates/render.ts';
import { type Address, hostPort } from './address.ts';
import type { ProxySettings } from './schema.ts';
import { type HaproxyVersion, isAtLeast } from './version.ts';

/** A shard's server in HAProxy: `name` is its incarnation, `id` a number never given to another. */
export interface ShardServer extends Address {
  name: string;
  id: number;
  /** Does a slot name it? Else HAProxy starts with it closed. */
  inService: boolean;
}

/** What a proxy's files depend on besides its settings. */
export interface ProxySurroundings {
  /** Absolute path of the folder with the proxy's files, maps and sockets. */
  directory: string;
  haproxyVersion: HaproxyVersion;
  servers: readonly ShardServer[];
  /** SPOE addresses of other proxies' agents, asked when the own one is away. */
  backupAgents: readonly Address[];
}

/** The kernel takes 107 bytes as a socket's path, of which HAProxy needs some for a name until it has bound it. */
const maxDirectoryBytes = 80;

/** The frontend that participants come in by. */
export const clientFrontend = 'jitsi';

/** A proxy's configuration files by name. */
export interface ProxyFiles {
  'haproxy.cfg': string;
  'spoe.conf': string;
}

/**
 * Writes what HAProxy reads at its start. The maps `rooms`, `slots`, `buckets` and `tenants` (`.map`) must stand in
 * the same folder, if need be empty; the runtime socket will be `runtime.sock` there, and the master socket comes
 * with HAProxy's own flag -S. Throws UsageError when that folder's path does not serve.
 */
export function renderProxyFiles(settings: ProxySettings, surroundings: ProxySurroundings): ProxyFiles {
  const { directory, haproxyVersion, servers, backupAgents } = surroundings;
  checkDirectory(settings.name, directory);
  const { limits } = settings;
  const data = {
    name: settings.name,
    bind: settings.bind.map(hostPort),
    stats: hostPort(settings.stats),
    limits: { ...limits, threads: limits.threads ?? 0 },
    rateExpireMs: 2 * limits.rate.perMs,
    directory,
    spop: isAtLeast(haproxyVersion, 3, 1),
    agent: hostPort(settings.agent.spoe),
    asksDns: backupAgents.some(byName),
    backupAgents: backupAgents.map((agent, i) => ({
      number: i + 1,
      address: hostPort(agent),
      byName: byName(agent),
    })),
    servers: servers.map((server) => ({ ...server, address: hostPort(server) })),
  };
  return { 'haproxy.cfg': render('haproxy.cfg', data), 'spoe.conf': render('spoe.conf', data) };
}

/** Is this a name that the DNS knows? `localhost` it does not. */
function byName({ host }: Address): boolean {
  return isIP(host) === 0 && host.includes('.');
}

function checkDirectory(proxy: string, directory: string): void {
  if (/^\/[\w./@+-]+$/.test(directory) && directory.length <= maxDirectoryBytes) return;
  throw new UsageError(
    `proxy ${proxy}: its files cannot be in ${JSON.stringify(directory)}: expected an absolute path of letters, ` +
      `digits and ._/@+-, at most ${maxDirectoryBytes} bytes long, since HAProxy's sockets are there too`,
  );
}
