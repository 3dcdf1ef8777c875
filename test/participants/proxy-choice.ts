/** Which proxy a browser uses: one of the addresses behind the deployment's name, and the next when it fails. */
export class ProxyChoice {
  readonly #proxies: readonly string[];
  #at = 0;
  #failedAt = Number.NEGATIVE_INFINITY;
  #unheardSince: number | undefined;

  /** @param proxies `http://host:port`, the first one preferred. */
  constructor(proxies: readonly string[]) {
    if (proxies.length === 0) throw new Error('a participant needs a proxy');
    this.#proxies = proxies;
  }

  /** `http://host:port` of the proxy in use. */
  get current(): string {
    return this.#proxies[this.#at] ?? '';
  }

  /** When a connection to a proxy last failed, in milliseconds since the epoch. */
  get failedAt(): number {
    return this.#failedAt;
  }

  /**
   * Since when no request of the BOSH session has got through, in milliseconds since the epoch; undefined when the
   * last one did. Who is unheard for good was out from then on, though it learns it later.
   */
  get unheardSince(): number | undefined {
    return this.#unheardSince;
  }

  /** Notes whether a request of the BOSH session got through. */
  noteHeard(heard: boolean): void {
    this.#unheardSince = heard ? undefined : (this.#unheardSince ?? Date.now());
  }

  /** Notes a failed connection and turns to the next proxy, unless another failure of the same one has done so already. */
  avoid(proxy: string): void {
    this.#failedAt = Date.now();
    if (proxy === this.current) this.#at = (this.#at + 1) % this.#proxies.length;
  }
}
