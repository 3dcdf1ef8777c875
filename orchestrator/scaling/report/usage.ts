import { fullStress } from '../scale-view.ts';
import { hoursAWeek, hoursOf, type ShardUse, type UsedStep } from './use.ts';

/** What a shard used. Hours are per week, but for the known ones. */
export interface Usage {
  /** Hours, of all that are recorded, in which load and bridges are known. */
  readonly knownHours: number;
  readonly bridgeHours: number;
  /** Bridge-hours if people were a fluid and bridges followed them at once. */
  readonly fluidBound: number;
  /** The share of the bridges' room that was used, from 0. */
  readonly utilisation: number;
  /** Bridge-hours above what the load asked for. */
  readonly spareBridgeHours: number;
  /** The highest load, in loads of a bridge. */
  readonly peakLoad: number;
  readonly hoursAtMin: number;
  readonly hoursAtMax: number;
  /** With a bridge whose stress, or bridges whose mean load, was above .8. */
  readonly hotHours: number;
}

/** Sums up what a shard used. */
export function usageOf(use: ShardUse): Usage {
  const { shard, steps } = use;
  const bridgeHours = hoursAWeek(use, ({ bridges }) => bridges);
  const fluidBound = hoursAWeek(use, ({ load }) => load);
  return {
    knownHours: hoursOf(steps),
    bridgeHours,
    fluidBound,
    utilisation: bridgeHours === 0 ? 0 : fluidBound / bridgeHours,
    spareBridgeHours: hoursAWeek(use, ({ bridges, needed }) => Math.max(0, bridges - needed)),
    peakLoad: steps.reduce((highest, { load }) => Math.max(highest, load), 0),
    hoursAtMin: hoursAWeek(use, (step) => Number(isAtMin(step, shard.min))),
    hoursAtMax: hoursAWeek(use, (step) => Number(isAtMax(step, shard.max))),
    hotHours: hoursAWeek(use, (step) => Number(isHot(step))),
  };
}

/** Counts of bridges are means over a step: half a bridge beside the bound is at it. */
export function isAtMin({ bridges }: UsedStep, min: number): boolean {
  return bridges < min + 0.5;
}

/** Likewise. */
export function isAtMax({ bridges }: UsedStep, max: number): boolean {
  return bridges > max - 0.5;
}

function isHot({ load, bridges, highestStress = 0 }: UsedStep): boolean {
  return highestStress > fullStress || load > 0.8 * bridges;
}
