import type { FleetEventSink } from '../status-sink.ts';
import { clusterError } from './client.ts';
import { type ClusterApi, fieldManager } from './cluster-api.ts';

/** Events in usher's own namespace: what they tell of may have none any more. */
export class FleetEvents implements FleetEventSink {
  readonly #api: ClusterApi;
  readonly #namespace: string;

  /** @param namespace usher's own */
  constructor(api: ClusterApi, namespace: string) {
    this.#api = api;
    this.#namespace = namespace;
  }

  async warn(reason: string, message: string, signal: AbortSignal): Promise<void> {
    const now = new Date().toISOString();
    const event = {
      metadata: { generateName: 'usher-' },
      involvedObject: {
        apiVersion: 'v1',
        kind: 'Namespace',
        name: this.#namespace,
        // With a namespace, though namespaces have none: an Event must be in that of its object.
        namespace: this.#namespace,
      },
      type: 'Warning',
      reason,
      message,
      source: { component: fieldManager },
      firstTimestamp: now,
      lastTimestamp: now,
      count: 1,
    };
    try {
      await this.#api.create(`/api/v1/namespaces/${this.#namespace}/events`, event, signal);
    } catch (error) {
      throw clusterError(`create an Event in namespace ${this.#namespace}`, error);
    }
  }
}
