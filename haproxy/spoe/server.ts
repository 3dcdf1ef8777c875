import { once } from 'node:events';
import { createServer } from 'node:net';
import { messageOf, UsherError } from '../../common/errors.ts';
import type { Logger } from '../../common/log.ts';
import type { SpoeHandler } from './answer-notify.ts';
import { SpoeConnection } from './connection.ts';
import { minFrameSize } from './hello.ts';
import { defaultLimits, type SpoeLimits } from './limits.ts';
import { createSparingWarn } from './sparing-warn.ts';
import { createStats, type SpoeStats } from './stats.ts';

/** Where the agent listens for HAProxy. Port 0 takes a free one. */
export interface SpoeAddress {
  host: string;
  port: number;
}

/** Options of `createSpoeServer`; limits not given are those of `defaultLimits`. */
export interface SpoeServerOptions extends Partial<SpoeLimits> {
  handle: SpoeHandler;
  log: Logger;
}

/** A SPOE agent: answers HAProxy's messages over SPOP 2.0. */
export interface SpoeServer {
  /** Resolves to the address in use; throws UsherError when it cannot be had. */
  listen(address: SpoeAddress): Promise<SpoeAddress>;
  /**
   * Takes no more connections, answers what is under way, says AGENT-DISCONNECT (status 0) to all. Resolves when
   * all are closed, within `handleTimeoutMs` and `lingerMs`.
   */
  close(): Promise<void>;
  readonly stats: Readonly<SpoeStats>;
}

/** Whatever a peer sends, the server lives and answers the others. */
export function createSpoeServer({ handle, log, ...given }: SpoeServerOptions): SpoeServer {
  const limits = { ...defaultLimits, ...given };
  if (limits.maxFrameSize < minFrameSize) throw new RangeError(`maxFrameSize is below ${minFrameSize}`);
  const stats = createStats();
  const connections = new Set<SpoeConnection>();
  const context = { handle, limits, stats, warn: createSparingWarn(log) };
  const server = createServer((socket) => {
    const connection = new SpoeConnection(socket, context);
    connections.add(connection);
    socket.once('close', () => connections.delete(connection));
  });
  server.maxConnections = limits.maxConnections;

  return {
    stats,
    async listen({ host, port }) {
      server.listen(port, host);
      try {
        await once(server, 'listening');
      } catch (error) {
        throw new UsherError(
          `agent: cannot listen for HAProxy's SPOE connections on ${host}:${port}: ${messageOf(error)}. ` +
            `Stop what uses that address, or give this agent another one`,
          undefined,
          { cause: error },
        );
      }
      server.on('error', (error) => context.warn('SPOE accept failed', { error: messageOf(error) }));
      const bound = server.address();
      return { host, port: typeof bound === 'object' && bound !== null ? bound.port : port };
    },
    async close() {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      for (const connection of connections) connection.finish();
      await closed;
    },
  };
}
