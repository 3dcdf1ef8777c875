import type { Client, Transport } from '@xmpp/client';

/**
 * Gives the websockets of `connection` a listener for errors that stays: the library takes its own away when it gives
 * a connection up, and an error that comes later, as from a proxy that was frozen, would end the process.
 */
export function hearLateErrors(connection: Client): void {
  const { prototype } = websocketTransport(connection);
  class Socket extends prototype.Socket {
    constructor() {
      super();
      this.on('error', () => undefined);
    }
  }
  // The client uses a transport's prototype only.
  connection.transports.unshift({ prototype: Object.assign(Object.create(prototype), { Socket }) });
}

/** The way by which the library carries a stream over a websocket. */
export function websocketTransport({ transports }: Client): Transport {
  const websocket = transports.find(
    ({ prototype }) => prototype.socketParameters('ws://host/') !== undefined,
  );
  if (!websocket) throw new Error('@xmpp/client has no websocket transport');
  return websocket;
}
