import { z } from 'zod';
import { MeetingsBook } from './meetings/meetings-book.ts';
import { limitDecision, type ScaleLimits } from './scale-limits.ts';
import type { ScaleDecision, ScalePolicy, ScaleView } from './scale-policy.ts';
import type { CountedBridge } from './scale-view.ts';

/** One look at a shard, and what came of it. */
export interface ScaleLook {
  readonly atMs: number;
  /** What the policy wants. */
  readonly wanted: ScaleDecision;
  readonly limits: ScaleLimits;
  /** The same within the limits. */
  readonly decision: ScaleDecision;
}

/** A shard's bridges at one look, as they were read. */
export interface CountedView extends Omit<ScaleView, 'bridges'> {
  /** The oldest first. */
  readonly bridges: readonly CountedBridge[];
}

const rememberedScaler = z.object({
  ending: z.array(z.string()),
  meetings: z.unknown().optional(),
  policy: z.unknown().optional(),
});

/** Decides on the bridges of one shard: its policy, within its operators' limits. */
export class ShardScaler {
  readonly #policy: ScalePolicy;
  readonly #meetings = new MeetingsBook();
  #ending: ReadonlySet<string> = new Set();

  constructor(policy: ScalePolicy) {
    this.#policy = policy;
  }

  /** Takes in one more step of the shard's history: see `ScalePolicy`. */
  observe(wallMs: number, load: number | undefined): void {
    this.#policy.observe?.(wallMs, load);
  }

  look(view: CountedView, limits: ScaleLimits): ScaleLook {
    const bridges = this.#meetings
      .look(view.bridges, view.survival)
      .map((bridge) => (this.#ending.has(bridge.name) ? { ...bridge, state: 'ending' as const } : bridge));
    const wanted = this.#policy.decide({ ...view, bridges });
    const end = new Set([...this.#ending, ...(wanted.end ?? [])]);
    const decision = limitDecision({ ...wanted, end }, bridges, limits);
    this.#ending = new Set(decision.end);
    return { atMs: view.nowMs, wanted, limits, decision };
  }

  /** What the next leader must know beside the history, as JSON. */
  memory(): unknown {
    const [meetings, policy] = [this.#meetings.memory(), this.#policy.memory?.()];
    return { ending: [...this.#ending], meetings, policy };
  }

  /** A leadership begins, with the `memory` of the one before, if there is any that can be used. */
  begin(memory: unknown): void {
    const remembered = rememberedScaler.safeParse(memory).data;
    this.#ending = new Set(remembered?.ending);
    this.#meetings.begin(remembered?.meetings);
    this.#policy.begin?.(remembered?.policy);
  }
}
