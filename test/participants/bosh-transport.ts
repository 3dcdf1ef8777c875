import type { Client } from '@xmpp/client';
import type { BoshRoute } from './bosh-request.ts';
import { BoshSocket } from './bosh-socket.ts';
import { websocketTransport } from './late-errors.ts';

/** Teaches `connection` to open `http:` services by BOSH: its websocket transport with another socket. */
export function addBosh(connection: Client, route: BoshRoute, domain: string): void {
  const websocket = websocketTransport(connection);
  class Socket extends BoshSocket {
    constructor() {
      super(route, domain);
    }
  }
  const socketParameters = (service: string) => (/^https?:/.test(service) ? service : undefined);
  // The client uses a transport's prototype only.
  const prototype = Object.assign(Object.create(websocket.prototype), { Socket, socketParameters });
  connection.transports.unshift({ prototype });
}
