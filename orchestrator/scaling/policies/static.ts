import type { ScaleDecision, ScalePolicy, ScaleView } from '../scale-policy.ts';
import { allOpen } from './pack.ts';
import type { StaticOptions } from './schema.ts';

/** As many bridges as its operator says, day and night. */
export class StaticPolicy implements ScalePolicy {
  readonly #options: StaticOptions;

  constructor(options: StaticOptions) {
    this.#options = options;
  }

  decide({ bridges }: ScaleView): ScaleDecision {
    const exist = this.#options.bridges;
    return { exist, open: allOpen(bridges), reasons: [`${exist} bridges, always`] };
  }
}
