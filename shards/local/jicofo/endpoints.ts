/** The endpoints a conference should have on its bridge, and for how long that holds. */
export interface EndpointPlan {
  endpoints: readonly string[];
  /** When the plan is to be looked at again though nobody comes or goes; epoch milliseconds. */
  recheckAtMs?: number;
}

/**
 * All members once `minParticipants` are there. A conference that fell below keeps its endpoints for the
 * single-participant time-out and loses them then.
 */
export function planEndpoints(
  members: readonly string[],
  state: { allocated: boolean; belowSinceMs: number | undefined; nowMs: number },
  policy: { minParticipants: number; singleParticipantTimeoutMs: number },
): EndpointPlan {
  if (members.length >= policy.minParticipants) return { endpoints: members };
  if (!state.allocated || members.length === 0) return { endpoints: [] };
  const endMs = (state.belowSinceMs ?? state.nowMs) + policy.singleParticipantTimeoutMs;
  return endMs > state.nowMs ? { endpoints: members, recheckAtMs: endMs } : { endpoints: [] };
}
