import { Bell } from '../../common/bell.ts';
import { UsherError } from '../../common/errors.ts';
import type { Logger } from '../../common/log.ts';
import type { ClusterApi } from './cluster-api.ts';
import { bridgesDeployment, namespaceOf, partLabel, shardConfigMap, shardLabel } from './names.ts';
import type { ObjectStore } from './object-store.ts';
import {
  type ClusterObject,
  type ConfigMap,
  configMap,
  type Deployment,
  deployment,
  type Namespace,
  namespace,
  type Pod,
  pod,
  type Service,
  service,
} from './objects.ts';
import { type WatchedKind, watchObjects } from './watch-objects.ts';

/** How long a first look at the cluster may take: 4,000 pods come in under 2 s. */
const firstLookMs = 30_000;

/** One shard's objects; whoever made them. */
export interface ShardObjects {
  readonly name: string;
  readonly namespace: Namespace | undefined;
  readonly configMap: ConfigMap | undefined;
  /** The bridges'. */
  readonly deployment: Deployment | undefined;
  readonly services: readonly Service[];
  readonly pods: readonly Pod[];
}

/** The shards' objects of a whole cluster, as its API server last told. */
export class ClusterView {
  /** Rung at every change of any of them. */
  readonly changes = new Bell();
  readonly #namespaces: ObjectStore<Namespace>;
  readonly #configMaps: ObjectStore<ConfigMap>;
  readonly #deployments: ObjectStore<Deployment>;
  readonly #services: ObjectStore<Service>;
  readonly #pods: ObjectStore<Pod>;

  /** Follows them until `signal` aborts, by one watch a kind. */
  constructor(api: ClusterApi, log: Logger, signal: AbortSignal) {
    const follow = <T extends ClusterObject>(kind: WatchedKind<T>) =>
      watchObjects(api, kind, this.changes, log, signal);
    const labelled = { labelSelector: shardLabel };
    this.#namespaces = follow({
      kind: 'namespaces',
      path: '/api/v1/namespaces',
      selectors: labelled,
      schema: namespace,
    });
    // By name as well: so they are granted by name.
    this.#configMaps = follow({
      kind: 'configmaps',
      path: '/api/v1/configmaps',
      selectors: { ...labelled, fieldSelector: `metadata.name=${shardConfigMap}` },
      schema: configMap,
    });
    this.#deployments = follow({
      kind: 'deployments',
      path: '/apis/apps/v1/deployments',
      selectors: { ...labelled, fieldSelector: `metadata.name=${bridgesDeployment}` },
      schema: deployment,
    });
    this.#services = follow({
      kind: 'services',
      path: '/api/v1/services',
      selectors: labelled,
      schema: service,
    });
    this.#pods = follow({ kind: 'pods', path: '/api/v1/pods', selectors: labelled, schema: pod });
  }

  /**
   * Waits for the first look at everything.
   *
   * @throws UsherError with what stands in the way
   */
  async known(signal: AbortSignal): Promise<void> {
    const end = Date.now() + firstLookMs;
    while (!this.#all().every(({ synced }) => synced)) {
      if (Date.now() >= end || signal.aborted) {
        const errors = this.#all().map(({ error }) => error);
        const why = errors.find((error) => error !== '') ?? 'no answer yet';
        throw new UsherError(`the cluster's shards are not known yet: ${why}`);
      }
      await this.changes.wait(end - Date.now(), signal);
    }
  }

  /** The names of the shards of which there is a ConfigMap or a pod, sorted. */
  names(): string[] {
    const found = [this.#configMaps, this.#pods].flatMap((store: ObjectStore<ClusterObject>) =>
      [...store.namespaces()].flatMap((inside) => store.in(inside).slice(0, 1)),
    );
    const names = found.flatMap(({ metadata: { labels, namespace: inside } }) => {
      const name = labels?.[shardLabel];
      // Elsewhere, as in a copy that somebody tries out, it is nobody's.
      return name !== undefined && namespaceOf(name) === inside ? [name] : [];
    });
    return [...new Set(names)].sort();
  }

  /** What there is of a shard. */
  shard(name: string): ShardObjects {
    const inside = namespaceOf(name);
    return {
      name,
      namespace: this.#namespaces.get('', inside),
      configMap: this.#configMaps.get(inside, shardConfigMap),
      deployment: this.#deployments.get(inside, bridgesDeployment),
      services: this.#services.in(inside),
      pods: this.#pods.in(inside),
    };
  }

  #all(): ObjectStore<ClusterObject>[] {
    return [this.#namespaces, this.#configMaps, this.#deployments, this.#services, this.#pods];
  }
}

/** Its pods of one part; those that are ending or have ended are left out: others take their place. */
export function podsOf({ pods }: Pick<ShardObjects, 'pods'>, part: string): Pod[] {
  return pods.filter(
    ({ metadata: { labels, deletionTimestamp }, status: { phase } }) =>
      labels?.[partLabel] === part &&
      deletionTimestamp === undefined &&
      phase !== 'Failed' &&
      phase !== 'Succeeded',
  );
}
