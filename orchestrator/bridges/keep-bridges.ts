import { messageOf } from '../../common/errors.ts';
import { readBridgeDrain, setBridgeDrain } from '../../shards/probes/bridge-drain.ts';
import type { BridgeRange, ShardSpec } from '../../shards/spec/schema.ts';
import type { Candidate } from '../audit/audit.ts';
import { SparingAudit } from '../audit/sparing-audit.ts';
import type { Control } from '../control/control.ts';
import { limitDecision } from '../scaling/scale-limits.ts';
import type { ScaleDecision } from '../scaling/scale-policy.ts';
import { scaledBridge } from '../scaling/scale-view.ts';
import { describeBridge } from './bridge-state.ts';
import { planBridgeWord, readBridgeWords } from './bridges-file.ts';
import { type BridgesChange, type BridgesView, decideBridges } from './decide-bridges.ts';
import type { FollowedBridge } from './follow-bridges.ts';

/** Keeps the bridges of one shard within their bounds, a step at a time, beside nothing else that drives the shard. */
export class BridgesKeeper {
  readonly #control: Control;
  readonly #audit: SparingAudit;
  /** The last change that was made, until nothing was to be changed: what takes long is recorded once. */
  #made = '';

  constructor(control: Control) {
    this.#control = control;
    this.#audit = new SparingAudit(control.audit);
  }

  /**
   * Takes the step that the last read of the bridges calls for, if any. Never throws: what fails is recorded once, and
   * is decided anew at the next read.
   *
   * @param bridges the oldest first
   * @param scaledElsewhere as its driver says of the shard
   */
  async step(
    spec: ShardSpec,
    bridges: readonly FollowedBridge[],
    signal: AbortSignal,
    scaledElsewhere = false,
  ): Promise<void> {
    let changes: readonly BridgesChange[] = [];
    let view: BridgesView = { bridges, words: new Map() };
    let outcome = 'ok';
    try {
      view = { bridges, words: await readBridgeWords(this.#control.wishes, spec.name) };
      const decide = () => decideBridges(view, scaledElsewhere ? undefined : held(view, spec.bridges));
      if (decide().length > 0) {
        // Whoever led before may have drained a bridge since it last renewed its figures.
        view = { ...view, bridges: await withDrainOfNow(bridges, signal) };
        changes = decide();
      }
      for (const change of changes) await makeChange(this.#control, spec.name, bridges, change, signal);
      if (scaledElsewhere) await this.#control.driver.rankBridges(spec.name, peopleOn(bridges), signal);
    } catch (error) {
      if (signal.aborted) return;
      outcome = messageOf(error);
    }
    this.#record(spec, view, changes, outcome);
  }

  #record(spec: ShardSpec, view: BridgesView, changes: readonly BridgesChange[], outcome: string): void {
    const made = outcome === 'ok' ? JSON.stringify(changes.map(({ reason: _, ...change }) => change)) : '';
    const isRepeated = made === this.#made;
    this.#made = made;
    if (outcome !== 'ok' && changes.length === 0) this.#recordChange(spec, view, undefined, outcome);
    if (outcome === 'ok' && isRepeated) return;
    for (const change of changes) this.#recordChange(spec, view, change, outcome);
  }

  #recordChange(
    spec: ShardSpec,
    view: BridgesView,
    change: BridgesChange | undefined,
    outcome: string,
  ): void {
    const { name: shard, bridges: bounds } = spec;
    const { do: what, reason, ...about } = change ?? { do: 'hold', reason: 'nothing is changed' };
    const isNews = this.#audit.record(shard, {
      actor: 'orchestrator',
      action: `bridge.${what}`,
      shards: [shard],
      reason,
      inputs: { ...about, bounds },
      candidates: candidatesOf(view, change),
      outcome,
    });
    if (isNews && outcome !== 'ok') {
      this.#control.log.warn({ shard, change, error: outcome }, 'the bridges of a shard were not changed');
    }
  }
}

/** As many as there are, within the bounds. */
function held({ bridges, words }: BridgesView, { min, max }: BridgeRange): ScaleDecision {
  const now = Date.now();
  const there = bridges.map((bridge) => scaledBridge(bridge, words.get(bridge.name), [], 400e6, now));
  const staying = there.filter(({ state }) => state !== 'ending');
  const open = new Set(staying.filter(({ state }) => state === 'open').map(({ name }) => name));
  const limits = { min, max, noScaleDown: false, paused: false, expected: 0, reasons: [] };
  return limitDecision({ exist: open.size, open, reasons: [`bridges ${min}..${max}`] }, there, limits);
}

async function makeChange(
  control: Control,
  shard: string,
  bridges: readonly FollowedBridge[],
  change: BridgesChange,
  signal: AbortSignal,
): Promise<void> {
  control.election.token();
  switch (change.do) {
    case 'start':
      return control.driver.addBridges(shard, bridges.length + change.count, signal);
    case 'remove':
      return control.driver.removeBridges(shard, change.bridges, signal);
    case 'forget':
      return control.wishes.apply(await planBridgeWord(control.wishes, shard, change.bridges, undefined));
    case 'drain':
    case 'undrain':
      for (const { rest } of bridges.filter(({ name }) => change.bridges.includes(name))) {
        const answer = await setBridgeDrain(rest, change.do === 'drain', signal);
        if (!answer.ok) throw new Error(answer.reason);
      }
      return;
    default:
      change satisfies never;
  }
}

function peopleOn(bridges: readonly FollowedBridge[]): Map<string, number> {
  const known = bridges.flatMap(({ name, said }) =>
    said.ok && said.localEndpoints !== undefined ? [[name, said.localEndpoints] as const] : [],
  );
  return new Map(known);
}

function withDrainOfNow(bridges: readonly FollowedBridge[], signal: AbortSignal): Promise<FollowedBridge[]> {
  return Promise.all(
    bridges.map(async (bridge) => {
      if (!bridge.said.ok) return bridge;
      const now = await readBridgeDrain(bridge.rest, signal);
      return { ...bridge, said: now.ok ? { ...bridge.said, draining: now.draining } : now };
    }),
  );
}

function candidatesOf({ bridges, words }: BridgesView, change: BridgesChange | undefined): Candidate[] {
  const chosen = change && 'bridges' in change ? change.bridges : [];
  return bridges.map((bridge) => ({
    name: bridge.name,
    chosen: chosen.includes(bridge.name),
    reason: describeBridge(bridge, words.get(bridge.name)),
  }));
}
