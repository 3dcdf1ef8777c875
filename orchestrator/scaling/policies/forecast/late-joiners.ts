import type { ScaledMeeting } from '../../scale-policy.ts';

/** People come to a meeting within so long on average, counted from a minute after its first: half of them at once. */
const meanJoinMs = 180_000;
const firstMs = 60_000;
/** After so long all are there. */
const lastMs = 1_200_000;

/**
 * What meetings that have only begun will still bring to their bridge, in loads of a bridge.
 *
 * @param perMeeting what a meeting brings in all on average
 */
export function lateJoiners(meetings: readonly ScaledMeeting[], nowMs: number, perMeeting: number): number {
  let coming = 0;
  for (const { startedMs } of meetings) {
    const age = nowMs - startedMs;
    if (age < lastMs) coming += perMeeting * Math.exp(-(age + firstMs) / meanJoinMs);
  }
  return coming;
}
