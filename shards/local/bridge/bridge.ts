import {
  type ConferenceModify,
  ConferenceTable,
  type ModifyDone,
  type ModifyRefused,
} from './conference-table.ts';
import type { BridgeConfig } from './config.ts';
import { afterEndpoints, requestShutdown, type ShutdownState } from './shutdown.ts';
import { type BridgeSnapshot, type Sample, takeSample } from './stats.ts';

/** The state of one simulated bridge; XMPP and REST are wrapped around it. */
export class Bridge {
  readonly #config: BridgeConfig;
  readonly #conferences = new ConferenceTable();
  readonly #onShuttingDown: () => void;
  #shutdown: ShutdownState = 'running';
  #sample: Sample;
  #ticks = 0;
  #measured: BridgeSnapshot;
  draining = false;
  xmppConnected = false;

  /** `onShuttingDown` is called once, when the bridge has begun to end. */
  constructor(config: BridgeConfig, onShuttingDown: () => void) {
    this.#config = config;
    this.#onShuttingDown = onShuttingDown;
    this.#sample = takeSample(this.#conferences.counts, config);
    this.#measured = this.snapshot();
  }

  modify(request: ConferenceModify, focus: string): ModifyDone | ModifyRefused {
    const result = this.#conferences.modify(request, focus, this.#shutdown === 'running');
    this.#settle();
    return result;
  }

  shutdown(graceful: boolean): void {
    this.#enter(requestShutdown(this.#shutdown, graceful));
    this.#settle();
  }

  /** Jicofo left the brewery, or (without `focus`) we did. */
  orphan(focus?: string): void {
    this.#conferences.orphan(Date.now(), focus);
  }

  /** To be called once per stats interval. */
  tick(): void {
    this.#conferences.expireOrphans(Date.now(), this.#config.orphanTimeoutMs);
    this.#ticks += 1;
    const wobble = Math.sin(this.#ticks) * this.#config.bitRateWobble;
    this.#sample = takeSample(this.#conferences.counts, this.#config, wobble);
    this.#settle();
    this.#measured = this.snapshot();
  }

  /** What it was at the last interval: a JVB renews `/colibri/stats` no sooner, its drain flag there included. */
  get measured(): BridgeSnapshot {
    return this.#measured;
  }

  snapshot(): BridgeSnapshot {
    return {
      nowMs: Date.now(),
      region: this.#config.region,
      version: this.#config.version,
      draining: this.draining,
      shutdown: this.#shutdown,
      xmppConnected: this.xmppConnected,
      counts: this.#conferences.counts,
      sample: this.#sample,
    };
  }

  #settle(): void {
    this.#enter(afterEndpoints(this.#shutdown, this.#conferences.counts.localEndpoints));
  }

  #enter(state: ShutdownState): void {
    if (state === this.#shutdown) return;
    this.#shutdown = state;
    if (state === 'shutting-down') this.#onShuttingDown();
  }
}
