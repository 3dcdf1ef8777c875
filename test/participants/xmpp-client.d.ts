/** What participants use of @xmpp/client 0.14 beside that which shards/brewery declares. */
declare module '@xmpp/client' {
  import type { EventEmitter } from 'node:events';

  /** A way to carry the stream; the client takes the first whose `socketParameters` knows the service's URL. */
  export interface Transport {
    readonly prototype: {
      socketParameters(service: string): unknown;
      Socket: new () => EventEmitter;
    };
  }

  export interface Client {
    readonly transports: Transport[];
    /** Bound of opening and closing a stream, in milliseconds. */
    timeout: number;
  }

  export interface Element {
    getText(): string;
  }
}
