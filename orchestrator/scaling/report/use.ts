import type { LoadStep } from '../load-history/load-step.ts';
import { neededBridges } from './need.ts';
import { loadOf, type RecordedShard } from './recorded-shard.ts';

/** Steps of an hour and of a week. */
const stepsAnHour = 12;
const stepsAWeek = 2_016;

/** A step of which load and bridges are known. */
export interface UsedStep extends LoadStep {
  /** In loads of a bridge. */
  readonly load: number;
  readonly bridges: number;
  /** Bridges that the load around it asks for. */
  readonly needed: number;
}

/** A shard and the steps in which it is known what it used. */
export interface ShardUse {
  readonly shard: RecordedShard;
  readonly steps: readonly UsedStep[];
}

/** What a shard used. */
export function useOf(shard: RecordedShard): ShardUse {
  const loads = shard.steps.map((step) => loadOf(step, shard.bridgeBitsPerSecond));
  const needed = neededBridges(loads);
  const steps = shard.steps.flatMap((step, index) => {
    const [load, need, { bridges }] = [loads[index], needed[index], step];
    if (load === undefined || need === undefined || bridges === undefined) return [];
    return [{ ...step, load, bridges, needed: need }];
  });
  return { shard, steps };
}

/** Hours in which it is known what was used. */
export function hoursOf(steps: readonly UsedStep[]): number {
  return steps.length / stepsAnHour;
}

/** A sum over a shard's steps as hours a week, in the proportion in which its steps are known. */
export function hoursAWeek({ steps }: ShardUse, figure: (step: UsedStep) => number): number {
  const sum = steps.reduce((total, step) => total + figure(step), 0);
  return steps.length === 0 ? 0 : (sum / steps.length) * (stepsAWeek / stepsAnHour);
}
