import { incarnationOf } from '../../haproxy/stick-table/records.ts';
import type { ShardSpec } from '../../shards/spec/schema.ts';
import type { Control } from '../control/control.ts';
import { MeetingsWatch } from '../scaling/meetings/meetings-watch.ts';
import type { ScaleRules } from '../scaling/rules/scale-rules.ts';
import { scaledBridge } from '../scaling/scale-view.ts';
import type { ScaleLook } from '../scaling/shard-scaler.ts';
import type { BridgesView } from './decide-bridges.ts';

/** What looks at the bridges of a shard need. */
export type LookControl = Pick<Control, 'scaling' | 'rules' | 'lifetimes' | 'mirror' | 'bridgeReads'>;

/** A look, and the rules that it went by. */
export interface RuledLook extends ScaleLook {
  readonly rules: ScaleRules;
}

/** Looks at the bridges of one shard as its scaling does. */
export class BridgesLooker {
  readonly #control: LookControl;
  readonly #meetings = new MeetingsWatch();

  constructor(control: LookControl) {
    this.#control = control;
  }

  /** Reads what operators want and which meetings there are, and decides. Throws when the rules were never right. */
  async look(spec: ShardSpec, view: BridgesView, signal: AbortSignal): Promise<RuledLook> {
    const rules = await this.#control.rules.of(spec);
    await this.#meetings.read(view.bridges, this.#control.bridgeReads, signal);
    return this.decide(spec.name, view, rules);
  }

  /** Decides by what it has read. */
  decide(shard: string, { bridges, words }: BridgesView, rules: ScaleRules): RuledLook {
    const { scaling, lifetimes, mirror } = this.#control;
    const nowMs = Date.now();
    const record = mirror()?.shards.get(shard);
    const census = record && lifetimes.roomsOf(incarnationOf(record));
    const scaled = bridges.map((bridge) => {
      const meetings = this.#meetings.on(bridge, census, nowMs);
      return scaledBridge(bridge, words.get(bridge.name), meetings, rules.bridgeMbps * 1e6, nowMs);
    });
    const survival = lifetimes.survival(nowMs);
    return { ...scaling.look({ shard, rules, nowMs, bridges: scaled, survival }), rules };
  }
}
