import type { ScaleDecision, ScalePolicy, ScaleView } from '../scale-policy.ts';
import { allOpen, totalLoad, usable } from './pack.ts';
import type { RulesOptions } from './schema.ts';

/** Thresholds on load and meetings, as operators' scripts have them; the bridge with the fewest people drains. */
export class RulesPolicy implements ScalePolicy {
  readonly #options: RulesOptions;

  constructor(options: RulesOptions) {
    this.#options = options;
  }

  decide({ wallMs, bridges }: ScaleView): ScaleDecision {
    const { upAt, downBelow, meetings, quantity, businessHours, min } = this.#options;
    const there = usable(bridges);
    const open = there.filter(({ state }) => state === 'open');
    const starting = bridges.filter(({ state }) => state === 'starting').length;
    const taking = Math.max(1, open.length);
    const mean = totalLoad(open) / taking;
    const perBridge = open.reduce((sum, bridge) => sum + bridge.meetings.length, 0) / taking;
    const names = allOpen(open);
    if (mean >= upAt || perBridge >= meetings) {
      const back = there.filter(({ state }) => state === 'draining').slice(0, quantity);
      for (const { name } of back) names.add(name);
      const more = Math.max(0, quantity - back.length - starting);
      return {
        exist: there.length + starting + more,
        open: names,
        reasons: [`mean load ${mean.toFixed(2)}`],
      };
    }
    if (mean < downBelow && open.length > min && !(businessHours && isBusiness(wallMs))) {
      const least = open.reduce((a, b) => ((b.load ?? 1) < (a.load ?? 1) ? b : a));
      names.delete(least.name);
    }
    return {
      exist: Math.max(min, names.size + starting),
      open: names,
      reasons: [`mean load ${mean.toFixed(2)}`],
    };
  }
}

function isBusiness(wallMs: number): boolean {
  const at = new Date(wallMs);
  const hour = at.getUTCHours();
  return at.getUTCDay() % 6 !== 0 && hour >= 8 && hour < 18;
}
