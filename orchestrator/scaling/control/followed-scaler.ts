import { setImmediate } from 'node:timers/promises';
import { stepMs } from '../forecast/step.ts';
import type { LoadStep } from '../load-history/load-step.ts';
import { makePolicy } from '../policies/make-policy.ts';
import type { ScaleRules } from '../rules/scale-rules.ts';
import { wallTimeOf } from '../rules/wall-time.ts';
import { ShardScaler } from '../shard-scaler.ts';

/** What a scaler is made from; its rules may change otherwise. */
export type ScalerRules = Pick<ScaleRules, 'policy' | 'bridgeMbps' | 'timeZone'>;

/** So many steps, some milliseconds' work, at a time: a replay of all shards takes long, and its leader has a lock to renew. */
const stepsPerBreath = 48;

/** The scaler of one shard, which follows the shard's history. */
export class FollowedScaler {
  readonly scaler: ShardScaler;
  readonly #rules: string;
  readonly #fullBitsPerSecond: number;
  readonly #toWallMs: (ms: number) => number;
  #next: number;
  #hasSeen = false;

  /** @param next the first step of the history that it is told */
  constructor(rules: ScalerRules, next: number) {
    this.scaler = new ShardScaler(makePolicy(rules.policy.name, rules.policy.options));
    this.#rules = fingerprintOf(rules);
    this.#fullBitsPerSecond = rules.bridgeMbps * 1e6;
    this.#toWallMs = wallTimeOf(rules.timeZone);
    this.#next = next;
  }

  /** The step that it is to be told next. */
  get next(): number {
    return this.#next;
  }

  /** Was it made from these? */
  isOf(rules: ScalerRules): boolean {
    return this.#rules === fingerprintOf(rules);
  }

  /** Tells it the next steps, letting others have their turn now and then. */
  async tell(steps: readonly LoadStep[]): Promise<void> {
    for (const { demand, bitsPerSecond } of steps) {
      const bits = demand ?? bitsPerSecond;
      const load = bits === undefined ? undefined : bits / this.#fullBitsPerSecond;
      // What was before anything was measured is no gap.
      this.#hasSeen ||= load !== undefined;
      if (this.#hasSeen) this.scaler.observe(this.#toWallMs(this.#next * stepMs), load);
      this.#next += 1;
      if (this.#next % stepsPerBreath === 0) await setImmediate();
    }
  }
}

function fingerprintOf({ policy, bridgeMbps, timeZone }: ScalerRules): string {
  return JSON.stringify([policy, bridgeMbps, timeZone]);
}
