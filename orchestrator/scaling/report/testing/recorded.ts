import { type LoadStep, unknownStep } from '../../load-history/load-step.ts';
import type { RecordedShard } from '../recorded-shard.ts';

/** A step with a load, given in bridges of 400 Mbit/s, and so many bridges. */
export function carried(load: number, bridges: number, more: Partial<LoadStep> = {}): LoadStep {
  const bits = load * 400e6;
  return { ...unknownStep, bitsPerSecond: bits, demand: bits, bridges, openBridges: bridges, ...more };
}

/** So many hours of the same. */
export function hours(count: number, step: LoadStep): LoadStep[] {
  return new Array<LoadStep>(12 * count).fill(step);
}

/** Shard eu-1 of region eu, with another one there and one elsewhere, that may have 2 to 10 bridges. */
export function recorded(steps: readonly LoadStep[], more: Partial<RecordedShard> = {}): RecordedShard {
  const others = { inRegion: 1, elsewhere: 1 };
  const policy = { name: 'forecast', options: {} } as const;
  const cost = { bridgeBitsPerSecond: 400e6, personBitsPerSecond: 4e6 };
  const set = { min: 2, max: 10, policy, timeZone: 'UTC', ...cost };
  return { name: 'eu-1', region: 'eu', others, ...set, from: 5_900_000, steps, ...more };
}
