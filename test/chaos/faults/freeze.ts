import { processIdentity } from '../../../shards/local/process/process-identity.ts';
import type { Fault } from './fault.ts';
import type { TargetKind } from './targets.ts';

/** A process that hangs: SIGSTOP to it and what it has started, and SIGCONT to heal. */
export function freeze(target: TargetKind): Fault {
  return {
    kind: `freeze-${target.what}`,
    async aim(world, random) {
      const found = await target.choose(world, random);
      return (
        found && {
          target: found.name,
          blame: found.blame,
          async inject() {
            const identity = processIdentity(found.pid);
            process.kill(-found.pid, 'SIGSTOP');
            return async () => {
              // Somebody may have ended it for hanging.
              if (identity !== undefined && processIdentity(found.pid) === identity)
                process.kill(-found.pid, 'SIGCONT');
            };
          },
        }
      );
    },
  };
}
