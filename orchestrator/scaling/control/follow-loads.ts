import { loop } from '../../../common/loop.ts';
import type { Control } from '../../control/control.ts';
import { stepOf } from '../forecast/step.ts';

/** A step is taken so long after it has ended: its last measurement is written then, by whichever clock. */
const settledAfterMs = 15_000;

/** Tells the scalers of all shards what these carry, step by step as it comes into the history. */
export async function followLoads(
  control: Pick<Control, 'wishes' | 'rules' | 'scaling' | 'log'>,
  signal: AbortSignal,
  everyMs = 5_000,
): Promise<void> {
  const { wishes, rules, scaling, log } = control;
  await loop('scaling', everyMs, signal, log, async () => {
    const specs = await wishes.shards();
    scaling.keepOnly(new Set(specs.map(({ name }) => name)));
    for (const spec of specs) {
      if (signal.aborted) return;
      await scaling.follow(spec.name, await rules.of(spec), stepOf(Date.now() - settledAfterMs) - 1);
    }
  });
}
