import type { Lease } from './lease.ts';

/** Whether a Lease may be taken, and why. */
export interface LeaseVerdict {
  readonly free: boolean;
  readonly reason: string;
}

/**
 * Judges a Lease that is not this orchestrator's. Its times are another machine's: they are not looked at.
 *
 * @param found undefined when there is none
 * @param unchangedMs for how long this orchestrator has seen it as it is, by its own monotonic clock
 * @param lifetimeMs how long one holds that says nothing of that
 */
export function decideLease(found: Lease | undefined, unchangedMs: number, lifetimeMs: number): LeaseVerdict {
  if (found === undefined) return { free: true, reason: 'there is no Lease' };
  const { holderIdentity, leaseDurationSeconds } = found.spec;
  if (holderIdentity === '') return { free: true, reason: 'it was given back' };
  const heldMs = leaseDurationSeconds === undefined ? lifetimeMs : leaseDurationSeconds * 1_000;
  if (unchangedMs < heldMs) return { free: false, reason: `${holderIdentity} holds it` };
  return { free: true, reason: `${holderIdentity} has not renewed it for ${Math.floor(unchangedMs)} ms` };
}
