import { createHash } from 'node:crypto';
import { tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';

/** Where a fleet on this machine keeps what it runs. The one place that knows the layout. */
export interface FleetPaths {
  /** Absolute. Records of processes are in `run/`, their logs in `log/`. */
  readonly state: string;
  readonly redis: string;
  readonly shards: string;
  /** Ports that the shards were given, by name. */
  readonly ports: string;
  /** A file that is there from when the fleet was up until it is taken down. */
  readonly up: string;
  /** The parent of all proxies' folders. */
  readonly proxies: string;
}

/** haproxy/config/render.ts takes 80 bytes for a proxy's folder, of which its name may be 40 and a slash. */
const maxProxiesBytes = 39;

/** `state` may be relative. Proxies' folders hold sockets: they lie elsewhere where the path would be too long. */
export function fleetPaths(state: string): FleetPaths {
  const absolute = resolve(state);
  const own = join(absolute, 'proxies');
  const serves = /^[\w./@+-]+$/.test(own) && Buffer.byteLength(own) <= maxProxiesBytes;
  const hash = createHash('sha256').update(absolute).digest('hex').slice(0, 12);
  return {
    state: absolute,
    redis: join(absolute, 'redis'),
    shards: join(absolute, 'shards'),
    ports: join(absolute, 'ports.json'),
    up: join(absolute, 'up'),
    proxies: serves ? own : join(tmpdir(), `usher-${userInfo().uid}-${hash}`),
  };
}

/** HAProxy's folder: configuration, maps, `runtime.sock`. */
export function proxyDirectory(paths: FleetPaths, proxy: string): string {
  return join(paths.proxies, proxy);
}

/** HAProxy's master socket. */
export function masterSocket(paths: FleetPaths, proxy: string): string {
  return join(proxyDirectory(paths, proxy), 'master.sock');
}
