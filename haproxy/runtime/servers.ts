import { waitFor } from '../../common/time.ts';
import type { RuntimeClient } from './client.ts';
import { readStat } from './stat.ts';

/** A server of a backend as this HAProxy sees it. */
export interface ServerStatus {
  name: string;
  /** HAProxy's number for it within the backend. */
  id: number;
  /** `host:port`. */
  address: string;
  /** HAProxy's word: `UP`, `MAINT`, `DOWN`, `DRAIN`, `no check`, sometimes with a detail behind it. */
  status: string;
  /** Sessions under way. */
  sessions: number;
}

/** A server to be added while HAProxy runs. */
export interface NewServer {
  name: string;
  /** `host:port`. */
  address: string;
  /** Explicit, so that hashes agree over proxies; a number that is free in the backend. */
  id?: number;
  /** Further words of HAProxy's `server` line; `default-server` does not apply to servers added at runtime. */
  options?: readonly string[];
}

/** The servers of `backend`. Throws RuntimeError. */
export async function listServers(client: RuntimeClient, backend: string): Promise<ServerStatus[]> {
  const rows = await readStat(client, backend, 'servers');
  return rows.map((cell) => ({
    name: cell('svname'),
    id: Number(cell('sid')),
    address: cell('addr'),
    status: cell('status'),
    sessions: Number(cell('scur')),
  }));
}

/** Adds a server with weight 100 and opens it for traffic. Throws RuntimeError, also when the name or id is taken. */
export async function addServer(client: RuntimeClient, backend: string, server: NewServer): Promise<void> {
  // Weight 100: a quarter of the default weight 1 would be 0.
  const command = ['add', 'server', `${backend}/${server.name}`, server.address, 'weight', '100'];
  if (server.id !== undefined) command.push('id', String(server.id));
  command.push(...(server.options ?? []));
  const answer = await client.ask([command]);
  if (answer.trim() !== 'New server registered.') throw client.failed('refused', [command], answer);
  await setServerState(client, backend, server.name, 'ready');
}

/** Opens a server or closes it for new sessions; `maint` is left only by `ready`. Throws RuntimeError. */
export async function setServerState(
  client: RuntimeClient,
  backend: string,
  name: string,
  state: 'ready' | 'maint',
): Promise<void> {
  await client.run([['set', 'server', `${backend}/${name}`, 'state', state]]);
}

/** Cuts every session on a server: the meetings on it reconnect. Throws RuntimeError. */
export async function shutdownSessions(client: RuntimeClient, backend: string, name: string): Promise<void> {
  await client.run([['shutdown', 'sessions', 'server', `${backend}/${name}`]]);
}

/**
 * Takes a server out: closed, its sessions cut, deleted. HAProxy deletes it only when its last
 * connection is gone, so this tries for up to `timeoutMs` (default 5000). A server that is not there is
 * no error. Throws RuntimeError.
 */
export async function removeServer(
  client: RuntimeClient,
  backend: string,
  name: string,
  options: { timeoutMs?: number } = {},
): Promise<void> {
  const isThere = async () => (await listServers(client, backend)).some((server) => server.name === name);
  if (!(await isThere())) return;
  await setServerState(client, backend, name, 'maint');
  const command = ['del', 'server', `${backend}/${name}`];
  let answer = '';
  await waitFor(
    async () => {
      await shutdownSessions(client, backend, name);
      answer = await client.ask([command]);
      return (await isThere()) ? undefined : true;
    },
    {
      timeoutMs: options.timeoutMs ?? 5_000,
      ...(client.signal && { signal: client.signal }),
      describe: () => client.failed('refused', [command], answer).message,
    },
  );
}
