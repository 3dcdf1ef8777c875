import type { Control } from '../control/control.ts';
import type { ScaleRules } from '../scaling/rules/scale-rules.ts';
import { countedBridge } from '../scaling/scale-view.ts';
import type { ScaleLook } from '../scaling/shard-scaler.ts';
import type { BridgesView } from './decide-bridges.ts';

/** A look, and the rules that it went by. */
export interface RuledLook extends ScaleLook {
  readonly rules: ScaleRules;
}

/** Looks at the bridges of one shard as its scaling does, and decides. */
export function lookAtBridges(
  { scaling, lifetimes }: Pick<Control, 'scaling' | 'lifetimes'>,
  shard: string,
  { bridges, words }: BridgesView,
  rules: ScaleRules,
): RuledLook {
  const nowMs = Date.now();
  const counted = bridges.map((bridge) =>
    countedBridge(bridge, words.get(bridge.name), rules.bridgeMbps * 1e6, nowMs),
  );
  const survival = lifetimes.survival(nowMs);
  return { ...scaling.look({ shard, rules, nowMs, bridges: counted, survival }), rules };
}
