import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';

/** RFC 6455, 1.3 and 5.2. */
const websocketGuid = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const textFrame = 0x81;

/** A stand-in for a shard's web server: names itself in X-Jitsi-Shard, and in the first message of a websocket. */
export interface ShardWeb {
  readonly port: number;
  stop(): Promise<void>;
}

/** Starts it on a free port of loopback. */
export async function startShardWeb(name: string): Promise<ShardWeb> {
  const server = createServer((_, response) => {
    response.setHeader('X-Jitsi-Shard', name).end(name);
  });
  server.on('upgrade', ({ headers }, socket) => {
    const accept = createHash('sha1')
      .update(`${headers['sec-websocket-key']}${websocketGuid}`)
      .digest('base64');
    const head = ['HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade'];
    socket.on('error', () => socket.destroy());
    socket.write(`${[...head, `Sec-WebSocket-Accept: ${accept}`].join('\r\n')}\r\n\r\n`);
    socket.write(Buffer.concat([Buffer.from([textFrame, name.length]), Buffer.from(name)]));
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
