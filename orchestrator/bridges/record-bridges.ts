import type { Logger } from '../../common/log.ts';
import type { Audit, Candidate } from '../audit/audit.ts';
import { SparingAudit } from '../audit/sparing-audit.ts';
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
  readonly #log: Logger;
  readonly #audit: SparingAudit;
  /** The last change that was made, until nothing was to be changed: what takes long is recorded once. */
  #made = '';

  constructor(shard: string, audit: Audit, log: Logger) {
    this.#shard = shard;
    this.#log = log;
    this.#audit = new SparingAudit(audit);
  }

  /** @param outcome `ok`, or what was wrong */
  add(step: BridgesStep, outcome: string): void {
    const { changes } = step;
    const made = outcome === 'ok' ? JSON.stringify(changes.map(({ reason: _, ...change }) => change)) : '';
    const isRepeated = made === this.#made;
    this.#made = made;
    if (outcome !== 'ok' && changes.length === 0) this.#addChange(step, undefined, outcome);
    if (outcome === 'ok' && isRepeated) return;
    for (const change of changes) this.#addChange(step, change, outcome);
  }

  #addChange(step: BridgesStep, change: BridgesChange | undefined, outcome: string): void {
    const shard = this.#shard;
    const { do: what, reason, ...about } = change ?? { do: 'hold', reason: 'nothing is changed' };
    const isNews = this.#audit.record(shard, {
      actor: 'orchestrator',
      action: `bridge.${what}`,
      shards: [shard],
      reason,
      inputs: { ...about, ...inputsOf(step) },
      candidates: candidatesOf(step.view, change),
      outcome,
    });
    if (isNews && outcome !== 'ok') {
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
