import { z } from 'zod';
import type { ScaleDecision, ScaledBridge, ScalePolicy, ScaleView } from '../scale-policy.ts';
import { allOpen, usable } from './pack.ts';
import type { DyteOptions } from './schema.ts';

const rememberedMarks = z.array(z.tuple([z.string(), z.number()]));

/** A bridge without people still moves a little, and has a little stress. */
const idleBelow = 0.01;

/**
 * Dyte's first autoscaler: one overloaded node brings another one; empty nodes are marked, so that nothing comes to them
 * any more, and end after a cool-down.
 */
export class DytePolicy implements ScalePolicy {
  readonly #options: DyteOptions;
  #emptySince = new Map<string, number>();

  constructor(options: DyteOptions) {
    this.#options = options;
  }

  /** Since when nodes are marked. */
  memory(): unknown {
    return [...this.#emptySince];
  }

  begin(memory: unknown): void {
    this.#emptySince = new Map(rememberedMarks.safeParse(memory).data);
  }

  decide({ nowMs, bridges }: ScaleView): ScaleDecision {
    const { overloadedAt, quantity, buffer, cooldownMs } = this.#options;
    const there = usable(bridges);
    const isOverloaded = there.some(({ load }) => load !== undefined && load >= overloadedAt);
    const starting = bridges.filter(({ state }) => state === 'starting').length;
    const idle = there.filter(isIdle);
    const marked = isOverloaded ? [] : idle.slice(buffer).filter((_, index) => index < there.length - 1);
    for (const { name } of there) {
      if (!marked.some((bridge) => bridge.name === name)) this.#emptySince.delete(name);
    }
    for (const { name } of marked) this.#emptySince.set(name, this.#emptySince.get(name) ?? nowMs);
    const due = marked.filter(({ name }) => nowMs - (this.#emptySince.get(name) ?? nowMs) >= cooldownMs);
    const more = isOverloaded && starting < quantity ? quantity - starting : 0;
    const open = allOpen(bridges);
    for (const { name } of marked) open.delete(name);
    const exist = there.length + starting + more - due.length;
    return {
      exist,
      open,
      reasons: [isOverloaded ? 'a node is overloaded' : `${marked.length} nodes are empty`],
    };
  }
}

function isIdle({ load, meetings }: ScaledBridge): boolean {
  return load !== undefined && load < idleBelow && meetings.length === 0;
}
