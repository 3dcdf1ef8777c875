import type { ShardStatus, ShardStatusSink } from '../status-sink.ts';
import { clusterError } from './client.ts';
import { type ClusterApi, fieldManager } from './cluster-api.ts';
import type { ClusterView } from './cluster-view.ts';
import { calmMs, decideStatus, type StatusWrite } from './decide-status.ts';
import { namespaceOf } from './names.ts';

/** States that somebody should look at; the Events of others are `Normal`. */
const unwell = ['degraded', 'down'];

/** A shard's status in annotations of its namespace, and each new state as an Event in it. */
export class NamespaceStatus implements ShardStatusSink {
  readonly #api: ClusterApi;
  readonly #view: ClusterView;
  /** What was last written of each shard, which the watch may not have told yet. */
  readonly #written = new Map<string, { at: number; annotations: StatusWrite['annotations'] }>();

  constructor(api: ClusterApi, view: ClusterView) {
    this.#api = api;
    this.#view = view;
  }

  /** A shard without a namespace, or with one that is being deleted, has no place for it. */
  async writeStatus(shard: string, status: ShardStatus, signal: AbortSignal): Promise<void> {
    const { namespace } = this.#view.shard(shard);
    if (!namespace || namespace.metadata.deletionTimestamp !== undefined) return;
    const now = Date.now();
    const written = this.#written.get(shard);
    const sinceMs = now - (written?.at ?? 0);
    const told = namespace.metadata.annotations ?? {};
    const standing = sinceMs < calmMs ? { ...told, ...written?.annotations } : told;
    const write = decideStatus(status, standing, sinceMs);
    if (!write) return;
    const { annotations, isNewState } = write;
    try {
      await this.#api.patch(
        `/api/v1/namespaces/${namespaceOf(shard)}`,
        { metadata: { annotations } },
        signal,
      );
      if (isNewState) await this.#createEvent(shard, status, namespace.metadata.uid, signal);
    } catch (error) {
      throw clusterError(`write the status of shard ${shard} to its namespace`, error);
    }
  }

  async #createEvent(shard: string, status: ShardStatus, uid: string, signal: AbortSignal): Promise<void> {
    const name = namespaceOf(shard);
    const now = new Date().toISOString();
    const event = {
      metadata: { generateName: 'usher-' },
      // With a namespace, though namespaces have none: an Event must be in that of its object.
      involvedObject: { apiVersion: 'v1', kind: 'Namespace', name, namespace: name, uid },
      type: unwell.includes(status.state) ? 'Warning' : 'Normal',
      reason: `Shard${status.state.charAt(0).toUpperCase()}${status.state.slice(1)}`,
      message: status.reason,
      source: { component: fieldManager },
      firstTimestamp: now,
      lastTimestamp: now,
      count: 1,
    };
    await this.#api.create(`/api/v1/namespaces/${name}/events`, event, signal);
  }
}
