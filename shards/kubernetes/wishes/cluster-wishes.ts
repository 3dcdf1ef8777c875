import { Bell } from '../../../common/bell.ts';
import { UsageError, UsherError } from '../../../common/errors.ts';
import type { Logger } from '../../../common/log.ts';
import { sleep } from '../../../common/time.ts';
import type { TextChange } from '../../overlay/text-change.ts';
import type { StoredText, Wishes, WishText } from '../../overlay/wishes.ts';
import type { ShardSpec, Wish } from '../../spec/schema.ts';
import { type ClusterApi, fieldManager } from '../cluster-api.ts';
import type { ClusterView } from '../cluster-view.ts';
import type { ObjectStore } from '../object-store.ts';
import { type ConfigMap, configMap } from '../objects.ts';
import { watchObjects } from '../watch-objects.ts';
import { type Marks, marksOfWish, marksText, refuseForeign } from './annotations.ts';
import { applyTexts } from './apply-texts.ts';
import { pathOf } from './place.ts';
import { annotationOwners } from './stored-map.ts';
import { readMap } from './stored-text.ts';
import { placeOfMarks, WishedShards } from './wished-shards.ts';

/** Longest wait for a first look at the ConfigMap `wishes`, in milliseconds. */
const firstLookMs = 30_000;

/** Longest wait for the watches to tell of a change that was just made, in milliseconds. */
const echoMs = 2_000;

const wishesMap = 'wishes';

/** Where the wishes of a fleet in a cluster are. */
export interface ClusterWishesOptions {
  readonly api: ClusterApi;
  readonly view: ClusterView;
  /** usher's own, in which the ConfigMap `wishes` holds pins.yaml, upgrade.yaml and the other texts. */
  readonly namespace: string;
  /** Those of the fleet. */
  readonly pools: readonly string[];
  readonly log: Logger;
}

/** The marks that a shard shall have, by those that it has and by its ConfigMap's data. */
type ChangeOfMarks = (present: Marks, data: Readonly<Record<string, string>>) => Marks;

/**
 * The wishes that stand in a cluster. Of a shard: its ConfigMap `shard`, as whoever applied it wrote it, with the
 * operator's word in annotations. What others applied stands: the orchestrator overwrites no annotation that another
 * field manager has. What is looked at again and again comes from watches; plans are made from what stands there now.
 */
export class ClusterWishes implements Wishes {
  readonly canAdd = false;
  readonly #options: ClusterWishesOptions;
  readonly #signal: AbortSignal;
  readonly #shards: WishedShards;
  readonly #texts: ObjectStore<ConfigMap>;
  readonly #textsChange = new Bell();

  /** Follows them until `signal` aborts. */
  constructor(options: ClusterWishesOptions, signal: AbortSignal) {
    const { api, view, namespace, pools, log } = options;
    this.#options = options;
    this.#signal = signal;
    this.#shards = new WishedShards(view, pools);
    const kind = {
      kind: 'configmaps',
      path: `/api/v1/namespaces/${namespace}/configmaps`,
      selectors: { fieldSelector: `metadata.name=${wishesMap}` },
      schema: configMap,
    };
    this.#texts = watchObjects(api, kind, this.#textsChange, log, signal);
  }

  async shards(): Promise<ShardSpec[]> {
    await this.#options.view.known(this.#signal);
    return this.#shards.all();
  }

  refused(): ReadonlyMap<string, string> {
    return this.#shards.refused();
  }

  /** One that was removed, too: it may be wanted again. */
  async shard(name: string): Promise<ShardSpec> {
    await this.#options.view.known(this.#signal);
    const found = this.#shards.read(name);
    if (!found) throw this.#unknown(name);
    if (!found.ok) throw new UsageError(`the wish for shard ${name} can't be used: ${found.wrong}`);
    return found.spec;
  }

  planWish(name: string, wish: Wish): Promise<TextChange[]> {
    return this.#planMarks(name, (present) => marksOfWish(name, present, wish));
  }

  planWeight(name: string, weight: number): Promise<TextChange[]> {
    return this.#planMarks(name, (present, { WEIGHT = '100' }) => {
      const mark = String(weight) === WEIGHT ? undefined : String(weight);
      return { ...present, 'usher.dev/weight': mark };
    });
  }

  async planCopy(from: string): Promise<TextChange[]> {
    throw new UsageError(
      `nobody in the cluster writes overlays: apply a copy of ${from} from the fleet's folder`,
    );
  }

  /** Its objects stay until whoever applied them prunes them; from now on nothing asks for it. */
  async planRemoval(name: string): Promise<TextChange[]> {
    const plan = await this.#planMarksIfAny(name, (present) => ({
      ...present,
      'usher.dev/removed': present['usher.dev/removed'] ?? new Date().toISOString(),
    }));
    return plan ?? [];
  }

  async text(name: WishText): Promise<StoredText> {
    const end = Date.now() + firstLookMs;
    while (!this.#texts.synced) {
      if (Date.now() >= end || this.#signal.aborted) {
        throw new UsherError(`${name} is not known yet: ${this.#texts.error || 'no answer yet'}`);
      }
      await this.#textsChange.wait(end - Date.now(), this.#signal);
    }
    const { namespace } = this.#options;
    const text = this.#texts.get(namespace, wishesMap)?.data?.[name];
    return { path: pathOf({ namespace, name: wishesMap, part: name }), text };
  }

  /** Returns when the watches have told of it, so that the next look knows it. */
  async apply(changes: readonly TextChange[]): Promise<void> {
    const versions = await applyTexts(this.#options.api, changes, this.#signal);
    const isTold = () => [...versions].every(([map, version]) => this.#versionOf(map) === version);
    for (const end = Date.now() + echoMs; !isTold() && Date.now() < end; ) {
      if (!(await sleep(10, this.#signal))) return;
    }
    // The last good wishes have it, even if the next thing that is written is nonsense.
    this.#shards.all();
  }

  async #planMarks(name: string, change: ChangeOfMarks): Promise<TextChange[]> {
    const plan = await this.#planMarksIfAny(name, change);
    if (!plan) throw this.#unknown(name);
    return plan;
  }

  /** Undefined when there is no such shard. */
  async #planMarksIfAny(name: string, change: ChangeOfMarks): Promise<TextChange[] | undefined> {
    const place = placeOfMarks(name);
    const map = await readMap(this.#options.api, place, this.#signal);
    if (!map) return undefined;
    const present = map.metadata.annotations;
    const next = change(present, map.data);
    const [before, after] = [marksText(present), marksText(next)];
    if (before === after) return [];
    const path = pathOf(place);
    refuseForeign(path, present, next, annotationOwners(map, fieldManager));
    return [{ path, before, after }];
  }

  /** As far as the watches have told. `map` is `namespace/name`. */
  #versionOf(map: string): string | undefined {
    const [inside = '', name = ''] = map.split('/');
    const known =
      inside === this.#options.namespace
        ? this.#texts.get(inside, name)
        : this.#options.view.shard(shardOf(inside)).configMap;
    return known?.metadata.resourceVersion;
  }

  #unknown(name: string): UsageError {
    const known = this.#options.view.names().join(', ') || 'none';
    return new UsageError(`there is no shard ${name} in the cluster; its shards: ${known}`);
  }
}

/** The shard whose namespace this is. */
function shardOf(namespace: string): string {
  return namespace.replace(/^jitsi-/, '');
}
