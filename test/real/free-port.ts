import { isPortFree } from '../../shards/local/process/ports.ts';

/** Below Linux's range for outgoing connections, and beside the one that local shards take theirs from. */
const range = { from: 10_000, to: 20_000 };

/** Where rows of ports are taken from: single ones would soon stand in the way. */
const rowRange = { from: 9_000, to: 10_000 };

/** The first of so many TCP ports of loopback in a row that were free a moment ago. */
export async function freePortRow(count: number): Promise<number> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const first = rowRange.from + Math.floor(Math.random() * (rowRange.to - rowRange.from - count));
    const row = Array.from({ length: count }, (_, offset) => first + offset);
    if ((await Promise.all(row.map(isPortFree))).every(Boolean)) return first;
  }
  throw new Error(`no ${count} ports in a row to be had`);
}
/** Whoever asked for a port may not listen yet: nobody in this process gets it again. */
const given = new Set<number>();

/** A TCP port of loopback that was free a moment ago. */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const port = range.from + Math.floor(Math.random() * (range.to - range.from));
    if (given.has(port)) continue;
    given.add(port);
    if (await isPortFree(port)) return port;
  }
  throw new Error('no port to be had');
}
