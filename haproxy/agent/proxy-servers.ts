import { messageOf } from '../../common/errors.ts';
import type { Logger } from '../../common/log.ts';
import type { RuntimeClient } from '../runtime/client.ts';
import { readInfo } from '../runtime/info.ts';
import { addServer, listServers, removeServer } from '../runtime/servers.ts';
import { type ProxyServer, planServers } from './plan-servers.ts';

/** Name of the HAProxy backend that holds all shards' servers. */
export const shardsBackend = 'shards';

/** The servers of one HAProxy: added and removed while it runs, and named in its configuration for its next start. */
export class ProxyServers {
  readonly #runtime: RuntimeClient;
  readonly #writeConfiguration: (servers: readonly ProxyServer[]) => Promise<void>;
  readonly #log: Logger;
  /** What was last opened, and in which process. */
  #opened: { pid: number; servers: string } | undefined;
  #written: string | undefined;
  #surplus: string[] = [];

  constructor(
    runtime: RuntimeClient,
    writeConfiguration: (servers: readonly ProxyServer[]) => Promise<void>,
    log: Logger,
  ) {
    this.#runtime = runtime;
    this.#writeConfiguration = writeConfiguration;
    this.#log = log;
  }

  /**
   * Opens what is missing, before any slot names it. True when HAProxy has all of `desired`, false when it is out
   * of reach. Throws RuntimeError when HAProxy refuses a server.
   */
  async open(desired: readonly ProxyServer[]): Promise<boolean> {
    const servers = JSON.stringify(desired);
    if (this.#written !== servers) {
      await this.#writeConfiguration(desired);
      this.#written = servers;
    }
    const pid = await this.#readPid();
    if (pid === undefined) return false;
    if (this.#opened?.pid === pid && this.#opened.servers === servers) return true;
    const { add, remove } = planServers(desired, await listServers(this.#runtime, shardsBackend));
    for (const { name, id, host, port } of add) {
      if (remove.includes(name)) await removeServer(this.#runtime, shardsBackend, name);
      this.#log.info({ server: name, address: `${host}:${port}` }, 'adding a server to HAProxy');
      await addServer(this.#runtime, shardsBackend, { name, address: `${host}:${port}`, id });
    }
    this.#surplus = remove.filter((name) => !add.some((server) => server.name === name));
    this.#opened = { pid, servers };
    return true;
  }

  /** Removes what is no longer wanted, after no slot names it. One that is still busy is left for the next time. */
  async close(): Promise<void> {
    for (const name of this.#surplus) {
      try {
        await removeServer(this.#runtime, shardsBackend, name);
        this.#log.info({ server: name }, 'removed a server from HAProxy');
      } catch (error) {
        this.#log.warn({ server: name, error: messageOf(error) }, 'server could not be removed yet');
        this.#opened = undefined;
      }
    }
    this.#surplus = [];
  }

  async #readPid(): Promise<number | undefined> {
    try {
      return (await readInfo(this.#runtime)).pid;
    } catch {
      return undefined;
    }
  }
}
