import { messageOf } from '../../common/errors.ts';
import type { Logger } from '../../common/log.ts';
import { backoffMs, sleep } from '../../common/time.ts';
import type { RuntimeClient } from '../runtime/client.ts';
import type { ProcessInfo } from '../runtime/info.ts';
import { readEntries } from '../runtime/map-read.ts';
import { replaceEntries } from '../runtime/map-replace.ts';
import { type RuntimeStatus, readStatus } from '../runtime/map-status.ts';
import { addEntries, deleteEntries, setEntries } from '../runtime/map-write.ts';
import { RuntimeError } from '../runtime/runtime-error.ts';
import { type MapChange, type MapContents, type MapName, mapNames } from './map-change.ts';
import { type Comparison, compareEntries } from './map-compare.ts';
import { mapFile } from './map-file.ts';
import { type PushPlan, planPush } from './plan-push.ts';
import { inPushOrder } from './push-order.ts';

const pushAttempts = 3;

/**
 * The maps of a running HAProxy. What it holds is never assumed: every push is counted, and a worker
 * other than the one last counted is compared entry by entry (it loaded files that may be older).
 */
export class RuntimeMaps {
  readonly #directory: string;
  readonly #client: RuntimeClient;
  readonly #log: Logger;
  /** The worker that was seen to hold everything. */
  #holder: ProcessInfo | undefined;

  constructor(directory: string, client: RuntimeClient, log: Logger) {
    this.#directory = directory;
    this.#client = client;
    this.#log = log;
  }

  /** Trusts no earlier push: the next one compares every entry. */
  distrust(): void {
    this.#holder = undefined;
  }

  /** What `changes` to `contents`, which HAProxy holds, mean for it; undefined when nobody knows what it holds. */
  plan(contents: MapContents, changes: readonly MapChange[]): PushPlan[] | undefined {
    const holder = this.#holder;
    if (holder === undefined) return undefined;
    const byMap = Map.groupBy(changes, ({ map }) => map);
    return [...byMap].map(([map, own]) => planPush(map, contents[map], own, holder.version));
  }

  /**
   * Carries out `plans`, or whatever else it takes until HAProxy is seen to hold `contents`. False, with
   * the reason logged, when it could not be reached or told.
   */
  async push(contents: MapContents, plans: PushPlan[] | undefined): Promise<boolean> {
    const expected = this.#holder;
    this.#holder = undefined;
    let reason = 'entry counts differ after the push, or the worker changed';
    for (let attempt = 0; attempt < pushAttempts; attempt += 1) {
      try {
        const status = await readStatus(this.#client);
        const known = attempt === 0 && plans !== undefined && status.info.pid === expected?.pid;
        await this.#carryOut(contents, known ? plans : await this.#planFromComparison(contents, status));
        if (await this.#holds(contents, status.info)) {
          this.#holder = status.info;
          return true;
        }
      } catch (error) {
        if (!(error instanceof RuntimeError)) throw error;
        reason = messageOf(error);
        if (error.failure === 'unreachable') break;
      }
      await sleep(backoffMs(attempt), this.#client.signal);
    }
    this.#log.warn({ reason, worker: this.#client.worker }, 'proxy maps not pushed');
    return false;
  }

  /** Compares every entry that HAProxy holds of a map. Throws RuntimeError. */
  compare(map: MapName, expected: ReadonlyMap<string, string>): Promise<Comparison> {
    return compareEntries(expected, readEntries(this.#client, mapFile(this.#directory, map)));
  }

  async #planFromComparison(contents: MapContents, { info, maps }: RuntimeStatus): Promise<PushPlan[]> {
    const plans: PushPlan[] = [];
    for (const map of mapNames) {
      const { keys, differences } = await this.compare(map, contents[map]);
      const found = new Map(differences.map((difference) => [difference.key, difference.found]));
      const changes = differences.map(({ key, expected }) => ({ map, key, value: expected }));
      const plan = planPush(map, { size: keys, get: (key) => found.get(key) }, changes, info.version);
      // More entries than keys: doubled ones, or the rest of a commit that broke off. Only a commit removes them.
      plan.commit ||= maps.get(mapFile(this.#directory, map))?.entries !== keys;
      plans.push(plan);
    }
    const changed = plans.map(({ map, add, set, delete: gone, commit }) => {
      return { map, added: add.length, set: set.length, deleted: gone.length, commit };
    });
    this.#log.info({ pid: info.pid, changed }, 'proxy maps compared');
    return plans;
  }

  async #carryOut(contents: MapContents, plans: Iterable<PushPlan>): Promise<void> {
    for (const plan of inPushOrder(plans)) {
      const file = mapFile(this.#directory, plan.map);
      if (plan.commit) {
        await replaceEntries(this.#client, file, contents[plan.map]);
        continue;
      }
      await deleteEntries(this.#client, file, plan.delete);
      await setEntries(this.#client, file, plan.set);
      await addEntries(this.#client, file, plan.add);
    }
  }

  async #holds(contents: MapContents, pushedTo: ProcessInfo): Promise<boolean> {
    const { info, maps } = await readStatus(this.#client);
    // A stopping worker at the socket is about to hand over; an old one is addressed by its pid.
    if (info.pid !== pushedTo.pid || (info.stopping && this.#client.worker === undefined)) return false;
    return mapNames.every((map) => maps.get(mapFile(this.#directory, map))?.entries === contents[map].size);
  }
}
