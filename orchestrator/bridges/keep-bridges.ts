import { messageOf } from '../../common/errors.ts';
import { readBridgeDrain, setBridgeDrain } from '../../shards/probes/bridge-drain.ts';
import type { ShardSpec } from '../../shards/spec/schema.ts';
import type { Control } from '../control/control.ts';
import { planBridgeWord, readBridgeWords } from './bridges-file.ts';
import { type BridgesChange, decideBridges } from './decide-bridges.ts';
import type { FollowedBridge } from './follow-bridges.ts';
import { lookAtBridges } from './look-at-bridges.ts';
import { BridgesRecord, type BridgesStep } from './record-bridges.ts';

/** Has the bridges of one shard follow its load, a step at a time, beside nothing else that drives the shard. */
export class BridgesKeeper {
  readonly #control: Control;
  readonly #record: BridgesRecord;

  constructor(control: Control, shard: string) {
    this.#control = control;
    this.#record = new BridgesRecord(shard, control.audit, control.log);
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
    const step: BridgesStep = { view: { bridges, words: new Map() }, changes: [] };
    let outcome = 'ok';
    try {
      step.view = { bridges, words: await readBridgeWords(this.#control.wishes, spec.name) };
      if (!scaledElsewhere) {
        const rules = await this.#control.rules.of(spec);
        step.look = lookAtBridges(this.#control, spec.name, step.view, rules);
      }
      step.changes = decideBridges(step.view, step.look?.decision);
      if (step.changes.length > 0) await this.#decideByDrainOfNow(step, spec, signal);
      for (const change of step.changes)
        await makeChange(this.#control, spec.name, step.view.bridges, change, signal);
      if (scaledElsewhere) await this.#control.driver.rankBridges(spec.name, peopleOn(bridges), signal);
    } catch (error) {
      if (signal.aborted) return;
      outcome = messageOf(error);
    }
    this.#record.add(step, outcome);
  }

  /** Whoever led before, or an operator, may have drained a bridge since it last renewed its figures. */
  async #decideByDrainOfNow(step: BridgesStep, spec: ShardSpec, signal: AbortSignal): Promise<void> {
    const before = step.view.bridges.map(isDraining);
    const bridges = await withDrainOfNow(step.view.bridges, signal);
    const isNews = bridges.some((bridge, index) => isDraining(bridge) !== before[index]);
    step.view = { ...step.view, bridges };
    if (isNews && step.look) step.look = lookAtBridges(this.#control, spec.name, step.view, step.look.rules);
    step.changes = decideBridges(step.view, step.look?.decision);
  }
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

function isDraining({ said }: FollowedBridge): boolean | undefined {
  return said.ok ? said.draining : undefined;
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
