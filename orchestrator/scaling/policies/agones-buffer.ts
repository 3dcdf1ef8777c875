import type { ScaleDecision, ScalePolicy, ScaleView } from '../scale-policy.ts';
import { byLoad, packOpen, totalLoad, usable } from './pack.ts';
import type { AgonesBufferOptions } from './schema.ts';

/**
 * Agones' fleet autoscaler with a counter: so much room is kept free, game servers are allocated the fullest first, and
 * an allocated one is never removed. Jicofo places people here, so the fullest are packed by draining the others.
 */
export class AgonesBufferPolicy implements ScalePolicy {
  readonly #options: AgonesBufferOptions;

  constructor(options: AgonesBufferOptions) {
    this.#options = options;
  }

  decide({ bridges }: ScaleView): ScaleDecision {
    const { fillTo, buffer, bufferShare, room, roomShare } = this.#options;
    const load = totalLoad(bridges);
    const exist = Math.max(1, Math.ceil((load * (1 + bufferShare) + buffer) / fillTo));
    const open = packOpen(usable(bridges).toSorted(byLoad), { fillTo, room: room + roomShare * load });
    return { exist, open, reasons: [`${exist} bridges for a load of ${load.toFixed(1)} and the buffer`] };
  }
}
