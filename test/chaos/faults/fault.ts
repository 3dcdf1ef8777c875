import type { Random } from '../../../common/random.ts';
import type { Blame } from '../oracle/fault-log.ts';
import type { World } from '../world.ts';

/** Takes a fault back; returns when that is done, which is not to say that the fleet is whole. */
export type Heal = () => Promise<void>;

/** A fault with its target chosen, ready to be done. */
export interface Strike {
  /** What it is done to, in words. */
  readonly target: string;
  readonly blame: Blame;
  inject(): Promise<Heal>;
}

/** One kind of fault. */
export interface Fault {
  readonly kind: string;
  /** Until it is taken back; otherwise the fleet mends itself from the moment of its being done. */
  readonly lasts: boolean;
  /** Chooses by `random` what it is done to; undefined where it can't be done. */
  aim(world: World, random: Random): Promise<Strike | undefined>;
}

/** Of a fault that nobody takes back. */
export async function nothingToHeal(): Promise<void> {
  // The fleet mends itself.
}
