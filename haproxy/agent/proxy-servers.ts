import { messageOf } from '../../common/errors.ts';
import type { Logger } from '../../common/log.ts';
import { hostPort } from '../config/address.ts';
import type { RuntimeClient } from '../runtime/client.ts';
import { readInfo } from '../runtime/info.ts';
import { addServer, listServers, removeServer, setServerState } from '../runtime/servers.ts';
import { type ProxyServer, planServers } from './plan-servers.ts';
import type { ServerSessions } from './server-sessions.ts';

/** Name of the HAProxy backend that holds all shards' servers. */
export const shardsBackend = 'shards';

/** What the servers of a proxy are kept by. */
export interface ProxyServersOptions {
  runtime: RuntimeClient;
  sessions: ServerSessions;
  /** Names the servers in HAProxy's configuration, for its next start. */
  writeConfiguration(servers: readonly ProxyServer[]): Promise<void>;
  log: Logger;
}

/** The servers of one HAProxy: added and removed while it runs, and named in its configuration for its next start. */
export class ProxyServers {
  readonly #options: ProxyServersOptions;
  /** What was last opened, and in which process. */
  #opened: { pid: number; servers: string } | undefined;
  /** The opening after which all that is out of service was shut. */
  #shut: object | undefined;
  #written: string | undefined;
  #surplus: string[] = [];

  constructor(options: ProxyServersOptions) {
    this.#options = options;
  }

  /**
   * Opens what is missing, before any slot names it. True when HAProxy has all of `desired`, false when it is out
   * of reach. Throws RuntimeError when HAProxy refuses a server.
   */
  async open(desired: readonly ProxyServer[]): Promise<boolean> {
    const { runtime, log } = this.#options;
    const servers = JSON.stringify(desired);
    if (this.#written !== servers) {
      await this.#options.writeConfiguration(desired);
      this.#written = servers;
    }
    const pid = await this.#readPid();
    if (pid === undefined) return false;
    if (this.#opened?.pid === pid && this.#opened.servers === servers) return true;
    const present = await listServers(runtime, shardsBackend);
    const { add, remove } = planServers(desired, present);
    for (const { name, id, ...server } of add) {
      const address = hostPort(server);
      if (remove.includes(name)) await removeServer(runtime, shardsBackend, name);
      log.info({ server: name, address }, 'adding a server to HAProxy');
      await addServer(runtime, shardsBackend, { name, address, id });
    }
    for (const { name, inService } of desired) {
      const isClosed = present.find((status) => status.name === name)?.status.startsWith('MAINT');
      if (inService && isClosed) await setServerState(runtime, shardsBackend, name, 'ready');
    }
    this.#surplus = remove.filter((name) => !add.some((server) => server.name === name));
    this.#opened = { pid, servers };
    return true;
  }

  /**
   * After the slots are gone: shuts what is out of service, and removes what is no longer wanted; one that is still
   * busy is left for the next time. True when no session is left on a server that is out of service.
   */
  async close(desired: readonly ProxyServer[]): Promise<boolean> {
    if (this.#opened !== undefined && this.#shut === this.#opened) return true;
    const { runtime, sessions, log } = this.#options;
    const out = desired.filter(({ inService }) => !inService).map(({ name }) => name);
    const isShut = await sessions.shut([...out, ...this.#surplus]);
    this.#shut = isShut ? this.#opened : undefined;
    for (const name of this.#surplus) {
      try {
        await removeServer(runtime, shardsBackend, name);
        log.info({ server: name }, 'removed a server from HAProxy');
      } catch (error) {
        log.warn({ server: name, error: messageOf(error) }, 'server could not be removed yet');
        this.#opened = undefined;
      }
    }
    this.#surplus = [];
    return isShut;
  }

  async #readPid(): Promise<number | undefined> {
    try {
      return (await readInfo(this.#options.runtime)).pid;
    } catch {
      return undefined;
    }
  }
}
