import { clusterError, refusalOf } from '../../shards/kubernetes/client.ts';
import type { ClusterApi } from '../../shards/kubernetes/cluster-api.ts';
import { type Lease, lease } from './lease.ts';

/** Named in RBAC (base/usher): of no other Lease is anything read or written. */
const name = 'usher-leader';
/** An API server that does not answer must not keep a leader from noticing that its time is up. */
const callMs = 2_000;

/** The one Lease in the cluster: verbs get, create, update. Each call takes 2 s at most. */
export class LeaseApi {
  /** For messages. */
  readonly where: string;
  readonly #api: ClusterApi;
  readonly #path: string;

  constructor(api: ClusterApi, namespace: string) {
    this.where = `the Lease ${namespace}/${name}`;
    this.#api = api;
    this.#path = `/apis/coordination.k8s.io/v1/namespaces/${encodeURIComponent(namespace)}/leases`;
  }

  /** Undefined when there is none. Throws UsherError. */
  async read(): Promise<Lease | undefined> {
    return this.#call('read', (signal) => this.#api.get(`${this.#path}/${name}`, {}, signal), [404]);
  }

  /**
   * Writes it with `spec`: in the place of `found`, or anew. Undefined, and nothing is written, when it is not that any
   * more. Throws UsherError.
   */
  async write(found: Lease | undefined, spec: Lease['spec']): Promise<Lease | undefined> {
    if (found !== undefined) {
      const body = { ...found, spec };
      const path = `${this.#path}/${name}`;
      return this.#call('update', (signal) => this.#api.replace(path, body, signal), [409, 404]);
    }
    const body = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { name }, spec };
    return this.#call('create', (signal) => this.#api.create(this.#path, body, signal), [409]);
  }

  async #call(
    what: string,
    call: (signal: AbortSignal) => Promise<unknown>,
    expected: readonly number[],
  ): Promise<Lease | undefined> {
    try {
      return lease.parse(await call(AbortSignal.timeout(callMs)));
    } catch (error) {
      if (expected.includes(refusalOf(error)?.code ?? 0)) return undefined;
      throw clusterError(`${what} ${this.where}`, error);
    }
  }
}
