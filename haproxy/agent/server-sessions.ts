import { messageOf } from '../../common/errors.ts';
import type { Logger } from '../../common/log.ts';
import { sleep } from '../../common/time.ts';
import type { RuntimeClient } from '../runtime/client.ts';
import { listProcesses } from '../runtime/processes.ts';
import { RuntimeError } from '../runtime/runtime-error.ts';
import { listServers, type ServerStatus, setServerState, shutdownSessions } from '../runtime/servers.ts';
import { shutdownEachSession } from '../runtime/sessions.ts';

/** Between two looks: a request that read a slot just before it went has reached its server by then. */
const lookAgainMs = 50;
/** Looks at most; whoever is not done then is tried again with the next check. */
const looks = 20;

/** Shuts sessions on servers that no slot names any more, in every worker that still serves. */
export class ServerSessions {
  readonly #backend: string;
  readonly #runtime: RuntimeClient;
  readonly #master: RuntimeClient;
  readonly #log: Logger;

  constructor(backend: string, runtime: RuntimeClient, master: RuntimeClient, log: Logger) {
    this.#backend = backend;
    this.#runtime = runtime;
    this.#master = master;
    this.#log = log;
  }

  /**
   * Closes these servers and shuts their sessions, again and again until two looks in a row find none, so that one
   * established in between is shut too. True when all are shut, in old workers as well; a worker that is gone
   * holds none. Servers that a worker does not have are passed over.
   */
  async shut(servers: readonly string[]): Promise<boolean> {
    if (servers.length === 0) return true;
    try {
      const processes = await listProcesses(this.#master);
      const old = processes.filter(({ role }) => role === 'old').map(({ pid }) => pid);
      const current = await this.#shutInCurrent(servers);
      const others = await Promise.all(old.map((pid) => this.#shutInOld(pid, servers)));
      return current && others.every((isShut) => isShut);
    } catch (error) {
      if (!(error instanceof RuntimeError)) throw error;
      this.#log.warn(
        { error: messageOf(error) },
        'sessions of a shard that is out could not be shut: trying again',
      );
      return false;
    }
  }

  async #shutInOld(pid: number, servers: readonly string[]): Promise<boolean> {
    const worker = this.#master.forWorker(pid);
    try {
      // Its servers cannot be closed any more; nobody new comes to them but over a connection that it has already.
      return await this.#untilQuiet(worker, servers, ({ name, sessions }) =>
        sessions === 0 ? undefined : shutdownEachSession(worker, this.#backend, name),
      );
    } catch (error) {
      if (!(error instanceof RuntimeError)) throw error;
      const processes = await listProcesses(this.#master);
      if (!processes.some((process) => process.pid === pid)) return true;
      throw error;
    }
  }

  #shutInCurrent(servers: readonly string[]): Promise<boolean> {
    const runtime = this.#runtime;
    return this.#untilQuiet(runtime, servers, ({ name, status, sessions }) => {
      if (!status.startsWith('MAINT')) return setServerState(runtime, this.#backend, name, 'maint');
      return sessions === 0 ? undefined : shutdownSessions(runtime, this.#backend, name);
    });
  }

  /** @param act undefined when there is nothing to do */
  async #untilQuiet(
    worker: RuntimeClient,
    servers: readonly string[],
    act: (server: ServerStatus) => Promise<void> | undefined,
  ): Promise<boolean> {
    let quiet = 0;
    for (let look = 0; look < looks; look += 1) {
      const present = await listServers(worker, this.#backend);
      const acts = present
        .filter(({ name }) => servers.includes(name))
        .flatMap((server) => {
          const acting = act(server);
          if (acting && server.sessions > 0) {
            const { name, sessions } = server;
            this.#log.info(
              { server: name, sessions },
              'shutting sessions on a server that is out of service',
            );
          }
          return acting ?? [];
        });
      await Promise.all(acts);
      quiet = acts.length === 0 ? quiet + 1 : 0;
      if (quiet === 2) return true;
      await sleep(lookAgainMs);
    }
    return false;
  }
}
