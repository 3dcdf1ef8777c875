import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';

/** A web server of a test's own; port 0 is any free one. */
export async function startWeb(answer: RequestListener, port = 0): Promise<{ server: Server; url: string }> {
  const server = createServer(answer);
  await once(server.listen(port, '127.0.0.1'), 'listening');
  const address = server.address();
  return { server, url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : port}` };
}
