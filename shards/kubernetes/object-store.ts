import type { ClusterObject } from './objects.ts';

/** A copy of a kind's objects, by namespace. */
export class ObjectStore<T extends ClusterObject> {
  /** Whether it has held all of them once; it may be behind since. */
  synced = false;
  /** What the last failure to follow them said; empty before any. */
  error = '';
  readonly #namespaces = new Map<string, Map<string, T>>();

  /** The namespaces that have any; for objects without a namespace, ''. */
  namespaces(): Iterable<string> {
    return this.#namespaces.keys();
  }

  /** All of a namespace, in no order. */
  in(namespace: string): T[] {
    return [...(this.#namespaces.get(namespace)?.values() ?? [])];
  }

  get(namespace: string, name: string): T | undefined {
    return this.#namespaces.get(namespace)?.get(name);
  }

  replace(objects: readonly T[]): void {
    this.#namespaces.clear();
    for (const object of objects) this.set(object);
    this.synced = true;
  }

  set(object: T): void {
    const { namespace = '', name } = object.metadata;
    const siblings = this.#namespaces.get(namespace) ?? new Map<string, T>();
    this.#namespaces.set(namespace, siblings.set(name, object));
  }

  delete({ metadata: { namespace = '', name } }: ClusterObject): void {
    const siblings = this.#namespaces.get(namespace);
    siblings?.delete(name);
    if (siblings?.size === 0) this.#namespaces.delete(namespace);
  }
}
