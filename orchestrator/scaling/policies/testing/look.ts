import type { ScaledBridge, ScaledState, ScaleView } from '../../scale-policy.ts';

/** Bridges a, b, c, ... with these loads, the oldest first; all open unless said otherwise. */
export function bridgesOf(
  loads: readonly (number | undefined)[],
  states: readonly ScaledState[] = [],
  meetings = 1,
): ScaledBridge[] {
  return loads.map((load, index) => ({
    name: String.fromCharCode(97 + index),
    state: states[index] ?? 'open',
    startedMs: index,
    load,
    meetings: load ? new Array(meetings).fill({ startedMs: 0 }) : [],
  }));
}

/** A look at them so many minutes after Monday, 2 March 2026, midnight. */
export function lookAt(bridges: readonly ScaledBridge[], minute = 0): ScaleView {
  const nowMs = Date.parse('2026-03-02T00:00:00Z') + minute * 60_000;
  return { nowMs, wallMs: nowMs, bridges, survival: { lasts: () => undefined } };
}
