import { readdir, readFile, readlink } from 'node:fs/promises';

/**
 * Which of some processes (name -> pid) holds the connection from local port `from` to local port `to`; undefined
 * when none does.
 */
export async function connectionOwner(
  from: number,
  to: number,
  processes: ReadonlyMap<string, number>,
): Promise<string | undefined> {
  const socket = await socketOf(from, to);
  if (socket === undefined) return undefined;
  for (const [name, pid] of processes) {
    if (await holds(pid, socket)) return name;
  }
  return undefined;
}

/** proc(5), net/tcp: sl local_address rem_address st tx:rx tr:when retrnsmt uid timeout inode */
async function socketOf(from: number, to: number): Promise<string | undefined> {
  const [local, remote] = [from, to].map((port) => `:${port.toString(16).toUpperCase().padStart(4, '0')}`);
  for (const line of (await readFile('/proc/net/tcp', 'utf8')).split('\n')) {
    const cells = line.trim().split(/\s+/);
    if (cells[1]?.endsWith(local ?? '') && cells[2]?.endsWith(remote ?? '')) return `socket:[${cells[9]}]`;
  }
  return undefined;
}

async function holds(pid: number, socket: string): Promise<boolean> {
  for (const descriptor of await readdir(`/proc/${pid}/fd`).catch(() => [])) {
    if ((await readlink(`/proc/${pid}/fd/${descriptor}`).catch(() => '')) === socket) return true;
  }
  return false;
}
