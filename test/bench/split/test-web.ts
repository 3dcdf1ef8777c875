import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';

/** A web server of a test on a free port of loopback. */
export interface TestWeb {
  host: string;
  port: number;
  stop(): Promise<void>;
}

/** Stands where a shard's web (or a proxy) would. */
export async function startWeb(listener: RequestListener): Promise<TestWeb> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port to be had');
  return {
    host: '127.0.0.1',
    port: address.port,
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** Answers everything as the shard `name`. */
export function startShardWeb(name: string): Promise<TestWeb> {
  return startWeb((_, response) => {
    response.setHeader('X-Jitsi-Shard', name);
    response.end();
  });
}
