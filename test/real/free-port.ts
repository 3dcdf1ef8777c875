import { isPortFree } from '../../shards/local/process/ports.ts';

/** Below Linux's range for outgoing connections, and beside the one that local shards take theirs from. */
const range = { from: 10_000, to: 20_000 };

/** Those that nobody has opened yet look free still. */
const given = new Set<number>();

/** A TCP port of loopback that was free a moment ago, and was not given to anybody else in this process. */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const port = range.from + Math.floor(Math.random() * (range.to - range.from));
    if (given.has(port) || !(await isPortFree(port))) continue;
    given.add(port);
    return port;
  }
  throw new Error('no port to be had');
}
