import type { PodAddresses } from './field-value.ts';
import { hostIpOf } from './nodes.ts';

/** Addresses of pods: 10.244.N.x on node N. */
export class PodAddressBook {
  readonly #taken = new Map<string, PodAddresses>();
  #last = 0;

  /** An address that no pod holds; the last one given up is not the first one given again. */
  take(uid: string, node: string): PodAddresses {
    const number = Number(node.replace(/^node-/, ''));
    const held = new Set([...this.#taken.values()].map(({ podIp }) => podIp));
    for (let attempt = 0; attempt < 250; attempt += 1) {
      this.#last = (this.#last % 250) + 1;
      const podIp = `10.244.${number}.${this.#last}`;
      if (held.has(podIp)) continue;
      const addresses = { podIp, hostIp: hostIpOf(number) };
      this.#taken.set(uid, addresses);
      return addresses;
    }
    throw new Error(`${node} has no address left for a pod`);
  }

  release(uid: string): void {
    this.#taken.delete(uid);
  }
}
