import { waitFor } from '../../../common/time.ts';
import { processIdentity } from '../../../shards/local/process/process-identity.ts';
import type { World } from '../world.ts';
import type { Fault } from './fault.ts';
import type { Target, TargetKind } from './targets.ts';

/** What usher does about a process that hangs for long: the freeze lasts at least until then. */
export interface Consequence {
  /** Has it been drawn? */
  drawn(world: World, target: Target): Promise<boolean>;
  /** Has it been taken back, now that the process goes on? */
  undone(world: World, target: Target): Promise<boolean>;
}

const none: Consequence = { drawn: async () => true, undone: async () => true };

/** A shard comes back when the sessions of its former life are gone, of which Prosody keeps BOSH for 60 s. */
const withinMs = 120_000;

/** A process that hangs: SIGSTOP to it and what it has started, and SIGCONT to heal. */
export function freeze(kind: TargetKind, name = `freeze-${kind.what}`, consequence = none): Fault {
  return {
    kind: name,
    lasts: true,
    async aim(world, random) {
      const target = await kind.choose(world, random);
      if (!target) return undefined;
      const until = (what: keyof Consequence) =>
        waitFor(async () => (await consequence[what](world, target).catch(() => false)) || undefined, {
          ...{ timeoutMs: withinMs, everyMs: 200, signal: world.signal },
          describe: () => `${name} of ${target.name}: its consequence was not ${what}`,
        });
      return {
        target: target.name,
        blame: target.blame,
        async inject() {
          const goOn = stop(target);
          await until('drawn');
          return async () => {
            goOn();
            await until('undone');
          };
        },
      };
    },
  };
}

function stop({ pid }: Target): () => void {
  const identity = processIdentity(pid);
  process.kill(-pid, 'SIGSTOP');
  return () => {
    // Somebody may have ended it for hanging.
    if (identity !== undefined && processIdentity(pid) === identity) process.kill(-pid, 'SIGCONT');
  };
}
