import type { ShardSpec } from '../../spec/schema.ts';
import type { ClusterView, ShardObjects } from '../cluster-view.ts';
import { namespaceOf, shardConfigMap } from '../names.ts';
import { type Place, pathOf } from './place.ts';
import { type ReadWish, readSpec } from './read-spec.ts';

/**
 * The shards that a cluster's ConfigMaps `shard` ask for, whoever applied them. One that cannot be read takes no other
 * with it: its last good wish stands.
 */
export class WishedShards {
  readonly #view: Pick<ClusterView, 'names' | 'shard'>;
  readonly #pools: readonly string[];
  readonly #lastGood = new Map<string, ShardSpec>();
  #refused = new Map<string, string>();

  /** @param pools those of the fleet */
  constructor(view: Pick<ClusterView, 'names' | 'shard'>, pools: readonly string[]) {
    this.#view = view;
    this.#pools = pools;
  }

  /** Without those that were removed, or whose namespace is being deleted. */
  all(): ShardSpec[] {
    this.#refused = new Map();
    const names = this.#view.names();
    for (const name of this.#lastGood.keys()) if (!names.includes(name)) this.#lastGood.delete(name);
    return names.flatMap((name) => this.#wanted(name) ?? []);
  }

  /** Those that could not be read when `all` was last called, and why. */
  refused(): ReadonlyMap<string, string> {
    return this.#refused;
  }

  /** One of them, removed or not; undefined where there is no ConfigMap. */
  read(name: string): ReadWish | undefined {
    const { configMap } = this.#view.shard(name);
    if (!configMap) return undefined;
    const { data = {}, metadata } = configMap;
    return readSpec({ name, data, annotations: metadata.annotations ?? {} }, this.#pools);
  }

  #wanted(name: string): ShardSpec | undefined {
    if (isOver(this.#view.shard(name))) {
      this.#lastGood.delete(name);
      return undefined;
    }
    const found = this.read(name);
    if (!found) return undefined;
    if (found.ok) this.#lastGood.set(name, found.spec);
    else this.#refused.set(name, `${pathOf(placeOfMarks(name))} and data: ${found.wrong}`);
    return this.#lastGood.get(name);
  }
}

/** Where the annotations of a shard are that tell of its wish. */
export function placeOfMarks(shard: string): Place {
  return { namespace: namespaceOf(shard), name: shardConfigMap, part: 'annotations' };
}

/** Was it removed, whatever else is written there? */
function isOver({ namespace, configMap }: Pick<ShardObjects, 'namespace' | 'configMap'>): boolean {
  if (namespace?.metadata.deletionTimestamp !== undefined) return true;
  return configMap?.metadata.annotations?.['usher.dev/removed'] !== undefined;
}
