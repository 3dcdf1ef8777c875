import { connect, type NetConnectOpts, type Socket } from 'node:net';
import { UsageError } from '../../common/errors.ts';

const highestPort = 65_535;

/** A Unix socket path (anything with a `/`) or `host:port`, `[::1]:port` included. Throws UsageError. */
export function parseAddress(address: string): NetConnectOpts {
  if (address.includes('/')) return { path: address };
  const parts = /^(?:\[(?<v6>[^\]]+)\]|(?<host>[^:]+)):(?<port>\d+)$/.exec(address)?.groups;
  const port = Number(parts?.port);
  const host = parts?.v6 ?? parts?.host;
  if (host === undefined || !(port >= 1 && port <= highestPort)) {
    throw new UsageError(
      `HAProxy runtime socket address ${JSON.stringify(address)}: expected a path with a "/" or host:port`,
    );
  }
  return { host, port };
}

/** An open connection that destroys itself after `idleMs` without a byte, or when `signal` aborts. */
export function openConnection(to: NetConnectOpts, idleMs: number, signal?: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ ...to, ...(signal && { signal }) });
    socket.setEncoding('utf8');
    socket.setTimeout(idleMs, () => socket.destroy(new Error(`no byte for ${idleMs} ms`)));
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.off('error', reject);
      resolve(socket);
    });
  });
}
