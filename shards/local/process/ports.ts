import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { z } from 'zod';
import { UsherError } from '../../../common/errors.ts';

/** Below Linux's range for outgoing connections (32768 and up), which would take a port while its owner restarts. */
const range = { from: 20_000, to: 30_000 };

const portBook = z.record(z.string(), z.int().min(1).max(65_535));

/**
 * Loopback ports by name, kept in one file so that a program gets the same port after a restart. The file is read
 * anew each time, since another process may have handed out ports meanwhile; one at a time may do so.
 */
export class PortBook {
  readonly #file: string;
  #last: Promise<unknown> = Promise.resolve();

  /** @throws UsherError when the file is there but holds something else. */
  constructor(file: string) {
    this.#file = file;
    readPorts(file);
  }

  /**
   * The port of `name`: the recorded one, or a free one when there is none recorded. When `free` is asked
   * for (its owner does not run) and a stranger has taken the port, it is another one from then on.
   */
  port(name: string, options: { free: boolean }): Promise<number> {
    const next = this.#last.then(() => this.#choose(name, options.free));
    this.#last = next.catch(() => undefined);
    return next;
  }

  /** The port last given to `name`. */
  recorded(name: string): number | undefined {
    return readPorts(this.#file).get(name);
  }

  /** Gives back the port of `owner`, and those of all names below it (`owner/...`). */
  release(owner: string): void {
    const ports = readPorts(this.#file);
    this.#write(new Map([...ports].filter(([name]) => !`${name}/`.startsWith(`${owner}/`))));
  }

  async #choose(name: string, mustBeFree: boolean): Promise<number> {
    const recorded = this.recorded(name);
    if (recorded !== undefined && (!mustBeFree || (await isPortFree(recorded)))) return recorded;
    const port = await this.#unused();
    this.#write(readPorts(this.#file).set(name, port));
    return port;
  }

  async #unused(): Promise<number> {
    const taken = new Set(readPorts(this.#file).values());
    for (let attempt = 0; attempt < 200; attempt += 1) {
      const port = range.from + Math.floor(Math.random() * (range.to - range.from));
      if (!taken.has(port) && (await isPortFree(port))) return port;
    }
    throw new UsherError(`no free port found on 127.0.0.1 between ${range.from} and ${range.to}`);
  }

  #write(ports: ReadonlyMap<string, number>): void {
    const sorted = Object.fromEntries([...ports].sort());
    writeFileSync(`${this.#file}.new`, `${JSON.stringify(sorted, undefined, 2)}\n`);
    renameSync(`${this.#file}.new`, this.#file);
  }
}

/** Whether nothing listens on this port of the loopback address. */
export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

function readPorts(file: string): Map<string, number> {
  if (!existsSync(file)) return new Map();
  try {
    return new Map(Object.entries(portBook.parse(JSON.parse(readFileSync(file, 'utf8')))));
  } catch (error) {
    throw new UsherError(
      `${file}: not a list of ports by name; delete it to have new ports chosen`,
      undefined,
      {
        cause: error,
      },
    );
  }
}
