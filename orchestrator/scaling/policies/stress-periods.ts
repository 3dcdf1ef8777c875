/** jitsi-autoscaler's period. */
export const periodMs = 60_000;

/** What those that said something had at one look, as loads of a bridge by name. */
export interface StressSample {
  readonly atMs: number;
  readonly of: Readonly<Record<string, number>>;
}

/**
 * The group's mean of each period, the last first, as jitsi-autoscaler has it: each instance counts by its own mean. One
 * that said nothing for one period alone counts as in the period before; a period of which nobody said anything counts as
 * idle.
 */
export function periodMeans(samples: readonly StressSample[], nowMs: number, periods: number): number[] {
  const said = Array.from({ length: periods }, () => new Map<string, number[]>());
  for (const { atMs, of } of samples) {
    const period = said[Math.floor((nowMs - atMs) / periodMs)];
    if (!period) continue;
    for (const [name, value] of Object.entries(of)) {
      const values = period.get(name);
      if (values) values.push(value);
      else period.set(name, [value]);
    }
  }
  for (let age = periods - 2; age >= 0; age -= 1) {
    const later = said[age - 1];
    for (const [name, values] of said[age + 1] ?? []) {
      if (!said[age]?.has(name) && (!later || later.has(name))) said[age]?.set(name, values.slice(-1));
    }
  }
  return said.map((of) => meanOf([...of.values()].map(meanOf)));
}

function meanOf(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
