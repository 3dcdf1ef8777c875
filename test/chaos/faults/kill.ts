import { waitFor } from '../../../common/time.ts';
import type { Fault } from './fault.ts';
import type { Target, TargetKind } from './targets.ts';

/** A crash: SIGKILL to a process and what it has started, as a HAProxy's worker with its master. */
export function kill(kind: TargetKind): Fault {
  return {
    kind: `kill-${kind.what}`,
    lasts: false,
    async aim(world, random) {
      const target = await kind.choose(world, random);
      return target && { target: target.name, blame: target.blame, inject: () => crash(target) };
    },
  };
}

async function crash({ name, pid, find }: Target): Promise<() => Promise<void>> {
  process.kill(-pid, 'SIGKILL');
  const isBack = () => {
    const now = find();
    return (now !== undefined && now !== pid) || undefined;
  };
  const describe = () => `${name} was not started again`;
  return async () => void (await waitFor(isBack, { timeoutMs: 30_000, describe }));
}
