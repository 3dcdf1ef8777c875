import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { sleep } from '../../common/time.ts';
import type { Address } from '../../haproxy/config/address.ts';

/**
 * How a link is. slow: everything arrives `ms` later, each way. silent: nothing arrives until it is open again, as
 * when packets are lost. cut: connections are reset, and new ones too.
 */
export type LinkState =
  | { readonly is: 'open' }
  | { readonly is: 'slow'; readonly ms: number }
  | { readonly is: 'silent' }
  | { readonly is: 'cut' };

const open: LinkState = { is: 'open' };

interface Passage {
  readonly user: string | undefined;
  readonly sockets: readonly [client: Socket, server: Socket];
}

/** A TCP proxy between its users and one address, that is bad to some of them when told so. */
export class Link {
  readonly #server: Server;
  readonly #target: Address;
  readonly #nameUser: (port: number) => Promise<string | undefined>;
  readonly #states = new Map<string | undefined, LinkState>();
  readonly #passages = new Set<Passage>();

  private constructor(target: Address, nameUser: (port: number) => Promise<string | undefined>) {
    this.#target = target;
    this.#nameUser = nameUser;
    // What arrives before its user is known has to wait.
    this.#server = createServer({ pauseOnConnect: true, allowHalfOpen: true }, (client) => {
      client.on('error', () => client.destroy());
      void this.#pass(client);
    });
  }

  /** A link that listens on a port of loopback. `nameUser` tells by its port who has connected. */
  static async to(
    target: Address,
    nameUser: (port: number) => Promise<string | undefined> = async () => undefined,
  ): Promise<Link> {
    const link = new Link(target, nameUser);
    await once(link.#server.listen(0, '127.0.0.1'), 'listening');
    return link;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Changes the link for one user, or for those who have no name. */
  set(state: LinkState, user?: string): void {
    this.#states.set(user, state);
    for (const passage of this.#passages) {
      if (passage.user === user) this.#apply(passage);
    }
  }

  /** Ends it, and all that goes through it. */
  async close(): Promise<void> {
    this.#server.close();
    for (const { sockets } of this.#passages) for (const socket of sockets) socket.destroy();
    if (this.#server.listening) await once(this.#server, 'close');
  }

  async #pass(client: Socket): Promise<void> {
    const user = await this.#nameUser(client.remotePort ?? 0);
    if (client.destroyed) return;
    if (this.#state(user).is === 'cut') {
      client.resetAndDestroy();
      return;
    }
    const server = connect({ ...this.#target, allowHalfOpen: true });
    const passage: Passage = { user, sockets: [client, server] };
    this.#passages.add(passage);
    for (const socket of passage.sockets) {
      socket.setNoDelay();
      socket.on('error', () => socket.destroy());
      socket.once('close', () => {
        this.#passages.delete(passage);
        for (const end of passage.sockets) end.destroy();
      });
    }
    this.#forward(client, server, user);
    this.#forward(server, client, user);
    this.#apply(passage);
  }

  #apply({ user, sockets }: Passage): void {
    const { is } = this.#state(user);
    for (const socket of sockets) {
      if (is === 'cut') socket.resetAndDestroy();
      else if (is === 'silent') socket.pause();
      else socket.resume();
    }
  }

  /** What flows here is small: nobody has to be held back. */
  #forward(from: Socket, to: Socket, user: string | undefined): void {
    // One after the other, also when the link has become quicker or a timer is late: bytes keep their order.
    let before = Promise.resolve();
    const later = (send: () => void) => {
      const state = this.#state(user);
      const dueAt = performance.now() + (state.is === 'slow' ? state.ms : 0);
      before = before.then(async () => {
        const left = dueAt - performance.now();
        if (left > 0) await sleep(left);
        if (!to.destroyed) send();
      });
    };
    from.on('data', (chunk: Buffer) => later(() => to.write(chunk)));
    from.on('end', () => later(() => to.end()));
  }

  #state(user: string | undefined): LinkState {
    return this.#states.get(user) ?? open;
  }
}
