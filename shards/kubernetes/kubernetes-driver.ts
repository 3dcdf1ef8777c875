import { UsherError } from '../../common/errors.ts';
import type { Logger } from '../../common/log.ts';
import type { ShardDriver, ShardEndpoints } from '../driver.ts';
import type { ShardSpec } from '../spec/schema.ts';
import { addBridges } from './add-bridges.ts';
import { isScaledByHpa, setCost } from './bridges.ts';
import type { ClusterApi } from './cluster-api.ts';
import { type ClusterView, podsOf, type ShardObjects } from './cluster-view.ts';
import { decideRanks } from './decide-ranks.ts';
import { keepMediaPorts } from './keep-media-ports.ts';
import { MissingPassword, Passwords } from './passwords.ts';
import { podFault } from './pod-state.ts';
import { removeBridges } from './remove-bridges.ts';
import { prosodyStartedAt, shardEndpoints } from './shard-endpoints.ts';
import { missingObject, unreadyPart } from './shard-trouble.ts';

/** What the driver works with. */
export interface KubernetesDriverOptions {
  readonly api: ClusterApi;
  readonly view: ClusterView;
  readonly log: Logger;
}

/**
 * Shards in a cluster: whoever applies their manifests (the CLI, Argo CD, Flux, a person) makes and prunes them. What
 * is the orchestrator's is the number of bridges, and their ports where the component media-nodeport asks for them.
 */
export class KubernetesDriver implements ShardDriver {
  readonly #options: KubernetesDriverOptions;
  readonly #passwords: Passwords;
  /** The bridges that do not start, and why, as last logged, by shard. */
  readonly #faults = new Map<string, string>();

  constructor(options: KubernetesDriverOptions) {
    this.#options = options;
    this.#passwords = new Passwords(options.api);
  }

  /** One whose namespace is being deleted is no longer there. Without the API server: as it last was. */
  async list(signal: AbortSignal): Promise<ShardEndpoints[]> {
    const { view } = this.#options;
    await view.known(signal);
    const shards = view
      .names()
      .map((name) => view.shard(name))
      .filter(({ namespace }) => namespace?.metadata.deletionTimestamp === undefined);
    return Promise.all(
      shards.map(async (objects) => shardEndpoints(objects, await this.#passwordIfAny(objects, signal))),
    );
  }

  /** Does not wait: what is not ready yet is a reason that the next look finds gone. */
  async ensure(spec: ShardSpec, signal: AbortSignal): Promise<ShardEndpoints> {
    const { api, view } = this.#options;
    await view.known(signal);
    const objects = view.shard(spec.name);
    const missing = missingObject(objects);
    if (missing !== undefined) throw new UsherError(missing);
    const password = await this.#password(objects, signal);
    if (objects.deployment) await addBridges(api, view, spec.name, spec.bridges.min, signal);
    await keepMediaPorts(api, objects, signal);
    this.#tellFaults(objects);
    const unready = unreadyPart(objects);
    if (unready !== undefined) throw new UsherError(unready);
    return shardEndpoints(objects, password);
  }

  /** Returns when Kubernetes has been asked for them; they are bridges of the shard as soon as they have an address. */
  async addBridges(shard: string, count: number, signal: AbortSignal): Promise<void> {
    const { api, view } = this.#options;
    await view.known(signal);
    await addBridges(api, view, shard, count, signal);
  }

  async removeBridges(shard: string, names: readonly string[], signal: AbortSignal): Promise<void> {
    await this.#options.view.known(signal);
    await removeBridges(this.#options, shard, names, signal);
  }

  /** By the pods' deletion costs. */
  async rankBridges(shard: string, people: ReadonlyMap<string, number>, signal: AbortSignal): Promise<void> {
    const { api, view } = this.#options;
    const objects = view.shard(shard);
    if (!objects.deployment || !isScaledByHpa(objects.deployment)) return;
    const ranks = decideRanks(podsOf(objects, 'jvb'), people);
    await Promise.all(ranks.map(({ pod, cost }) => setCost(api, pod, cost, signal)));
  }

  /** Deletes nothing: the objects are deleted by who applied them. The CLI prunes them, or git. */
  async remove(name: string): Promise<void> {
    this.#passwords.forget(name);
    this.#faults.delete(name);
  }

  #password(objects: ShardObjects, signal: AbortSignal): Promise<string> {
    return this.#passwords.of(objects.name, prosodyStartedAt(objects), signal);
  }

  /** A shard without the Secret runs on, if it runs; its brewery just can't be watched. */
  async #passwordIfAny(objects: ShardObjects, signal: AbortSignal): Promise<string> {
    try {
      return await this.#password(objects, signal);
    } catch (error) {
      if (error instanceof MissingPassword) return '';
      throw error;
    }
  }

  /** Bridges that don't become ready leave the shard serving, and somebody should know. */
  #tellFaults(objects: ShardObjects): void {
    const bridges = podsOf(objects, 'jvb').flatMap((pod) => {
      const fault = podFault(pod);
      return fault === undefined ? [] : [`${pod.metadata.name}: ${fault}`];
    });
    const text = bridges.sort().join('; ');
    if (text === (this.#faults.get(objects.name) ?? '')) return;
    this.#faults.set(objects.name, text);
    const said = { shard: objects.name, bridges };
    if (text === '') this.#options.log.info(said, 'no bridge is kept from starting any more');
    else this.#options.log.warn(said, 'bridges do not start');
  }
}
