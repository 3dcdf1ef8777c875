/**
 * What one probe found. `soft`: the part may recover by itself (overload, a time-out), so it gets no new
 * rooms; `hard`: it can't serve its rooms now. How long either must last to count is the orchestrator's matter.
 */
export type Probe = { readonly ok: true } | ProbeFailure;

/** A part of a shard that did not answer as it should. */
export interface ProbeFailure {
  readonly ok: false;
  readonly severity: 'soft' | 'hard';
  /** For the operator: what was asked and what came. */
  readonly reason: string;
}

/** A failure that may pass by itself. */
export function soft(reason: string): ProbeFailure {
  return { ok: false, severity: 'soft', reason };
}

/** A failure that stops the part from serving. */
export function hard(reason: string): ProbeFailure {
  return { ok: false, severity: 'hard', reason };
}
