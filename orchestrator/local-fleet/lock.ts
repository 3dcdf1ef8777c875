import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { UsherError } from '../../common/errors.ts';

/**
 * Does `work` as the only one who starts or stops the fleet of this state directory, which must exist. The kernel
 * holds the lock (a name of Linux's abstract sockets) and drops it with this process, however that ends: no stale
 * lock file can stand in the way of the next.
 * @throws UsherError when another process holds it.
 */
export async function withFleetLock<T>(state: string, work: () => Promise<T>): Promise<T> {
  const lock = await hold(state);
  try {
    return await work();
  } finally {
    lock.close();
  }
}

function hold(state: string): Promise<Server> {
  const hash = createHash('sha256').update(realpathSync(state)).digest('hex').slice(0, 32);
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy()).unref();
    server.once('error', (cause: NodeJS.ErrnoException) => {
      if (cause.code !== 'EADDRINUSE') return reject(cause);
      const message = `another \`usher up\` or \`usher down\` is at work on the fleet in ${state}: wait until it has ended`;
      reject(new UsherError(message, undefined, { cause }));
    });
    server.listen(`\0usher-${hash}`, () => resolve(server));
  });
}
