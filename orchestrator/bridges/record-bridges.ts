import type { Logger } from '../../common/log.ts';
import type { Audit, Candidate } from '../audit/audit.ts';
import { describeBridge } from './bridge-state.ts';
import type { BridgesChange, BridgesView } from './decide-bridges.ts';
import type { RuledLook } from './look-at-bridges.ts';

/** One step of a shard's bridges, as far as it came. */
export interface BridgesStep {
  view: BridgesView;
  changes: readonly BridgesChange[];
  /** Undefined where something else decides how many bridges there are. */
  look?: RuledLook;
}

/** Records the changes of one shard's bridges, each with what it was decided from. */
export class BridgesRecord {
  readonly #shard: string;
  readonly #audit: Audit;
  readonly #log: Logger;
  /** The last step's changes and outcome: what takes long, or fails again and again, is recorded once. */
  #last = '';

  constructor(shard: string, audit: Audit, log: Logger) {
    this.#shard = shard;
    this.#audit = audit;
    this.#log = log;
  }

  /** @param outcome `ok`, or what was wrong */
  add(step: BridgesStep, outcome: string): void {
    const { changes } = step;
    // Not by their reasons: loads in them differ at each look.
    const now = JSON.stringify([changes.map(({ reason: _, ...change }) => change), outcome]);
    const isRepeated = now === this.#last;
    this.#last = now;
    if (isRepeated) return;
    if (outcome !== 'ok' && changes.length === 0) this.#addChange(step, undefined, outcome);
    for (const change of changes) this.#addChange(step, change, outcome);
  }

  #addChange(step: BridgesStep, change: BridgesChange | undefined, outcome: string): void {
    const shard = this.#shard;
    const { do: what, reason, ...about } = change ?? { do: 'hold', reason: 'nothing is changed' };
    this.#audit.record({
      actor: 'orchestrator',
      action: `bridge.${what}`,
      shards: [shard],
      reason,
      inputs: { ...about, ...inputsOf(step) },
      candidates: candidatesOf(step.view, change),
      outcome,
    });
    if (outcome !== 'ok') {
      this.#log.warn({ shard, change, error: outcome }, 'the bridges of a shard were not changed');
    }
  }
}

function inputsOf({ look }: BridgesStep): Readonly<Record<string, unknown>> {
  if (!look) return {};
  const { min, max, reasons } = look.limits;
  const { exist, open, forecast } = look.wanted;
  return {
    policy: look.rules.policy.name,
    wanted: { exist, open: open.size },
    ...(forecast && { forecast }),
    bounds: { min, max },
    limits: reasons,
  };
}

function candidatesOf({ bridges, words }: BridgesView, change: BridgesChange | undefined): Candidate[] {
  const chosen = change && 'bridges' in change ? change.bridges : [];
  return bridges.map((bridge) => ({
    name: bridge.name,
    chosen: chosen.includes(bridge.name),
    reason: describeBridge(bridge, words.get(bridge.name)),
  }));
}
