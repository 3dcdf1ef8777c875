import { processIdentity } from '../../../shards/local/process/process-identity.ts';
import type { Fault } from './fault.ts';
import type { Target, TargetKind } from './targets.ts';

/** A process that hangs: SIGSTOP to it and what it has started, and SIGCONT to heal. */
export function freeze(kind: TargetKind): Fault {
  return {
    kind: `freeze-${kind.what}`,
    lasts: true,
    async aim(world, random) {
      const target = await kind.choose(world, random);
      return target && { target: target.name, blame: target.blame, inject: () => stop(target) };
    },
  };
}

async function stop({ pid }: Target): Promise<() => Promise<void>> {
  const identity = processIdentity(pid);
  process.kill(-pid, 'SIGSTOP');
  return async () => {
    // Somebody may have ended it for hanging.
    if (identity !== undefined && processIdentity(pid) === identity) process.kill(-pid, 'SIGCONT');
  };
}
