import { type Fault, nothingToHeal } from './fault.ts';
import type { TargetKind } from './targets.ts';

/** A crash: SIGKILL to a process and what it has started, as a HAProxy's worker with its master. */
export function kill(target: TargetKind): Fault {
  return {
    kind: `kill-${target.what}`,
    async aim(world, random) {
      const found = await target.choose(world, random);
      return (
        found && {
          target: found.name,
          blame: found.blame,
          async inject() {
            process.kill(-found.pid, 'SIGKILL');
            return nothingToHeal;
          },
        }
      );
    },
  };
}
