import type { Logger } from '../../common/log.ts';
import type { RuntimeClient } from '../runtime/client.ts';
import { checkChange, type MapChange, type MapContents, type MapName, mapNames } from './map-change.ts';
import { changesBetween, compareEntries, type MapDrift, toDrift } from './map-compare.ts';
import { mapFile, readMapFile, writeMapFile } from './map-file.ts';
import { OldWorkers } from './old-workers.ts';
import { RuntimeMaps } from './runtime-maps.ts';

/** What a proxy's maps need to know. */
export interface ProxyMapsOptions {
  /** Where the map files lie, named exactly as HAProxy's configuration names them. */
  directory: string;
  runtime: RuntimeClient;
  /** The master socket, by which the workers that reloads left behind are kept in step too. */
  master?: RuntimeClient;
  log: Logger;
}

/**
 * The maps of one proxy: held in memory, kept in files for HAProxy's next start and told the running
 * HAProxy, always in that order. Calls run one after another.
 */
export class ProxyMaps {
  readonly #directory: string;
  readonly #log: Logger;
  readonly #runtime: RuntimeMaps;
  readonly #oldWorkers: OldWorkers | undefined;
  readonly #memory: Record<MapName, Map<string, string>> = {
    rooms: new Map(),
    slots: new Map(),
    buckets: new Map(),
    tenants: new Map(),
  };
  /** Maps whose file is not known to hold the memory. */
  readonly #unwritten = new Set<MapName>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: ProxyMapsOptions) {
    this.#directory = options.directory;
    this.#log = options.log;
    this.#runtime = new RuntimeMaps(options.directory, options.runtime, options.log);
    this.#oldWorkers = options.master && new OldWorkers(options.directory, options.master, options.log);
  }

  /** Takes over what the files hold and writes them anew, so that HAProxy finds all of them. Throws what the file system throws. */
  load(): Promise<void> {
    return this.#inTurn(async () => {
      for (const map of mapNames) {
        const entries = new Map<string, string>();
        for await (const [key, value] of this.#readFile(map)) {
          // As HAProxy does: the first entry of a key counts.
          if (!entries.has(key)) entries.set(key, value);
        }
        this.#memory[map] = entries;
        this.#unwritten.add(map);
      }
      this.#distrust();
      await this.#writeFiles();
    });
  }

  /** What a map must hold: a live view. */
  content(map: MapName): ReadonlyMap<string, string> {
    return this.#memory[map];
  }

  /** What all maps must hold: live views. */
  contents(): MapContents {
    return this.#memory;
  }

  /**
   * Applies changes to memory, files and HAProxy; the last change of a key counts. True when HAProxy, old
   * workers included if the master socket is known, was seen to hold them; false when it could not be
   * reached or told: memory and files have them then, and the next call tells it everything. Throws
   * UsageError for an entry that is not allowed (nothing is changed) and what the file system throws
   * (nothing is pushed; the next call writes again).
   */
  apply(changes: readonly MapChange[]): Promise<boolean> {
    return this.#inTurn(() => this.#apply(changes));
  }

  /** Makes `contents` all that the maps hold and compares every entry of HAProxy's. Result and errors as of `apply`. */
  replace(contents: MapContents): Promise<boolean> {
    return this.#inTurn(() => {
      this.#distrust();
      return this.#apply(mapNames.flatMap((map) => changesBetween(map, this.#memory[map], contents[map])));
    });
  }

  /**
   * Finds out whether HAProxy holds the maps (another worker, other counts) and tells it everything if
   * not. Two commands when nothing is wrong, so call it every second. Result and errors as of `apply`.
   */
  resync(): Promise<boolean> {
    return this.#inTurn(() => this.#apply([]));
  }

  /** Every entry in which a file or HAProxy differs from memory. Throws RuntimeError when HAProxy does not answer. */
  drift(): Promise<MapDrift[]> {
    return this.#inTurn(async () => {
      const drift: MapDrift[] = [];
      for (const map of mapNames) {
        const expected = this.#memory[map];
        drift.push(...toDrift(map, 'file', await compareEntries(expected, this.#readFile(map))));
        drift.push(...toDrift(map, 'runtime', await this.#runtime.compare(map, expected)));
      }
      return drift;
    });
  }

  /** Writes all files anew and corrects every entry of HAProxy's. Result and errors as of `apply`. */
  repair(): Promise<boolean> {
    return this.#inTurn(() => {
      for (const map of mapNames) this.#unwritten.add(map);
      this.#distrust();
      return this.#apply([]);
    });
  }

  async #apply(changes: readonly MapChange[]): Promise<boolean> {
    for (const change of changes) checkChange(change);
    const plans = this.#runtime.plan(this.#memory, changes);
    const oldPlans = this.#oldWorkers?.plan(this.#memory, changes);
    for (const { map, key, value } of changes) {
      if (this.#memory[map].get(key) === value) continue;
      if (value === undefined) this.#memory[map].delete(key);
      else this.#memory[map].set(key, value);
      this.#unwritten.add(map);
    }
    try {
      await this.#writeFiles();
    } catch (error) {
      // Memory is ahead of HAProxy now: the plans of a later call would not say by what.
      this.#distrust();
      throw error;
    }
    const pushed = await this.#runtime.push(this.#memory, plans);
    return (await this.#oldWorkers?.push(this.#memory, oldPlans)) !== false && pushed;
  }

  #distrust(): void {
    this.#runtime.distrust();
    this.#oldWorkers?.distrust();
  }

  async #writeFiles(): Promise<void> {
    for (const map of mapNames) {
      if (!this.#unwritten.has(map)) continue;
      await writeMapFile(this.#directory, map, this.#memory[map]);
      this.#unwritten.delete(map);
    }
  }

  #readFile(map: MapName): AsyncGenerator<readonly [string, string]> {
    const onBadLine = (line: number) => {
      this.#log.warn({ file: mapFile(this.#directory, map), line }, 'line of a map file ignored');
    };
    return readMapFile(this.#directory, map, onBadLine);
  }

  #inTurn<T>(step: () => Promise<T>): Promise<T> {
    const result = this.#last.then(step);
    this.#last = result.catch(() => undefined);
    return result;
  }
}
