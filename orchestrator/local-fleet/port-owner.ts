import { readdir, readFile, readlink } from 'node:fs/promises';
import { basename } from 'node:path';

const listening = '0A';

/** The process that listens on a TCP port, as `name (pid 123)`; undefined where that cannot be told. */
export async function portOwner(port: number): Promise<string | undefined> {
  try {
    const sockets = await listeningSockets(port);
    for (const pid of (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry))) {
      if (!(await holdsAny(pid, sockets))) continue;
      return `${basename(await readlink(`/proc/${pid}/exe`))} (pid ${pid})`;
    }
  } catch {
    // No /proc, as on macOS.
  }
  return undefined;
}

/** Links that a process's file descriptors show for the sockets that listen on the port. */
async function listeningSockets(port: number): Promise<Set<string>> {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  const sockets = new Set<string>();
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    for (const line of (await readFile(table, 'utf8')).split('\n')) {
      const cells = line.trim().split(/\s+/);
      if (cells[1]?.endsWith(`:${hex}`) && cells[3] === listening) sockets.add(`socket:[${cells[9]}]`);
    }
  }
  return sockets;
}

async function holdsAny(pid: string, sockets: ReadonlySet<string>): Promise<boolean> {
  const descriptors = await readdir(`/proc/${pid}/fd`).catch(() => []);
  for (const descriptor of descriptors) {
    const link = await readlink(`/proc/${pid}/fd/${descriptor}`).catch(() => '');
    if (sockets.has(link)) return true;
  }
  return false;
}
