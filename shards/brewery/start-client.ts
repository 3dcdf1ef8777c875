import { once } from 'node:events';
import type { Client } from '@xmpp/client';

/**
 * Opens a client's stream and gives its full JID. As the library's own `start`, which leaves a promise behind that
 * rejects unheard, and so ends the process, when a server takes the connection and then says nothing.
 * @throws Error when the stream can't be opened.
 */
export async function startClient(connection: Client, service: string, domain: string): Promise<string> {
  const online = once(connection, 'online');
  online.catch(() => undefined);
  await connection.connect(service);
  await connection.open({ domain });
  const [jid] = await online;
  return String(jid);
}
