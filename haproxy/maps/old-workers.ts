import { messageOf } from '../../common/errors.ts';
import type { Logger } from '../../common/log.ts';
import type { RuntimeClient } from '../runtime/client.ts';
import { listProcesses } from '../runtime/processes.ts';
import { RuntimeError } from '../runtime/runtime-error.ts';
import type { MapChange, MapContents } from './map-change.ts';
import type { PushPlan } from './plan-push.ts';
import { RuntimeMaps } from './runtime-maps.ts';

/** Plans by the pid of the worker they are for. */
export type PlansByWorker = ReadonlyMap<number, PushPlan[] | undefined>;

/**
 * The maps of the workers that reloads left behind. They serve their last connections with the maps they
 * had, so an acknowledgement must cover them too (protocol.md); the master socket reaches them by pid.
 */
export class OldWorkers {
  readonly #directory: string;
  readonly #master: RuntimeClient;
  readonly #log: Logger;
  readonly #maps = new Map<number, RuntimeMaps>();

  constructor(directory: string, master: RuntimeClient, log: Logger) {
    this.#directory = directory;
    this.#master = master;
    this.#log = log;
  }

  /** As `RuntimeMaps.distrust`, for all. */
  distrust(): void {
    for (const maps of this.#maps.values()) maps.distrust();
  }

  /** As `RuntimeMaps.plan`, for those known. */
  plan(contents: MapContents, changes: readonly MapChange[]): PlansByWorker {
    return new Map([...this.#maps].map(([pid, maps]) => [pid, maps.plan(contents, changes)]));
  }

  /** True when every old worker was seen to hold `contents` or is gone; the reason is logged if not. */
  async push(contents: MapContents, plans: PlansByWorker | undefined): Promise<boolean> {
    try {
      await this.#refresh();
      const behind: number[] = [];
      for (const [pid, maps] of this.#maps) {
        if (!(await maps.push(contents, plans?.get(pid)))) behind.push(pid);
      }
      if (behind.length === 0) return true;
      await this.#refresh();
      return !behind.some((pid) => this.#maps.has(pid));
    } catch (error) {
      if (!(error instanceof RuntimeError)) throw error;
      this.#log.warn({ error: messageOf(error) }, 'old workers of the proxy unknown');
      return false;
    }
  }

  async #refresh(): Promise<void> {
    const processes = await listProcesses(this.#master);
    const old = new Set(processes.filter(({ role }) => role === 'old').map(({ pid }) => pid));
    for (const pid of this.#maps.keys()) {
      if (!old.has(pid)) this.#maps.delete(pid);
    }
    for (const pid of old) {
      if (this.#maps.has(pid)) continue;
      this.#maps.set(pid, new RuntimeMaps(this.#directory, this.#master.forWorker(pid), this.#log));
    }
  }
}
