import { once } from 'node:events';
import { createServer } from 'node:http';

/** A stand-in for a shard's web server: names itself in X-Jitsi-Shard and takes websockets. */
export interface ShardWeb {
  readonly port: number;
  stop(): Promise<void>;
}

/** Starts it on a free port of loopback. */
export async function startShardWeb(name: string): Promise<ShardWeb> {
  const server = createServer((_, response) => {
    response.setHeader('X-Jitsi-Shard', name).end(name);
  });
  server.on('upgrade', (_, socket) => {
    socket.end(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n${name}`);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port to be had');
  return {
    port: address.port,
    async stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}
