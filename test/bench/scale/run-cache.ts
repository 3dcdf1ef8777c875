import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where answers are kept from one run of the benchmark to the next. */
export const usualCache = join(
  process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'),
  'usher',
  'bench-scale',
);

/** Answers in files, each by what was asked; what cannot be read or written counts as not there. */
export class RunCache {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** What was answered before, or what `ask` answers now, as JSON keeps it. */
  async get<T>(asked: unknown, ask: () => Promise<T>): Promise<T> {
    const name = createHash('sha256').update(JSON.stringify(asked)).digest('hex');
    const path = join(this.#folder, `${name}.json`);
    try {
      return JSON.parse(await readFile(path, 'utf8'));
    } catch {
      const answer = await ask();
      await this.#keep(path, JSON.stringify(answer));
      return answer;
    }
  }

  async #keep(path: string, text: string): Promise<void> {
    try {
      await mkdir(this.#folder, { recursive: true });
      // Another run may read it at any moment.
      await writeFile(`${path}.${process.pid}`, text);
      await rename(`${path}.${process.pid}`, path);
    } catch {
      // Without a cache it takes longer, and that is all.
    }
  }
}
