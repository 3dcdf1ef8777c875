/** The part of @xmpp/client 0.14 that usher uses; the package brings no types of its own. */
declare module '@xmpp/client' {
  import type { EventEmitter } from 'node:events';
  import type { Socket } from 'node:net';

  export interface Element {
    name: string;
    attrs: Record<string, string | undefined>;
    is(name: string, xmlns?: string): boolean;
    getChild(name: string, xmlns?: string): Element | undefined;
    getChildren(name: string, xmlns?: string): Element[];
    remove(child: Element): void;
  }

  export function xml(
    name: string,
    attrs?: Record<string, string | undefined>,
    ...children: (Element | string)[]
  ): Element;

  export interface Client extends EventEmitter {
    readonly socket: Socket | null;
    readonly reconnect: { stop(): void };
    readonly iqCaller: { request(iq: Element, timeoutMs: number): Promise<Element> };
    readonly iqCallee: {
      set(
        xmlns: string,
        name: string,
        handler: (context: { stanza: Element; element: Element }) => Element,
      ): void;
    };
    /** Leaves a rejection unheard when the stream cannot be opened: see start-client.ts. */
    start(): Promise<{ toString(): string }>;
    connect(service: string): Promise<void>;
    open(options: { domain: string }): Promise<void>;
    stop(): Promise<unknown>;
    send(stanza: Element): Promise<void>;
  }

  export function client(options: {
    service: string;
    domain: string;
    username?: string;
    password?: string;
  }): Client;
}
