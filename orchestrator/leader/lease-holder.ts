import { UsherError } from '../../common/errors.ts';
import type { Leader } from './leader-lock.ts';

/** An orchestrator as a Lease names its holder; neither names of pods nor addresses have an underscore. */
export function holderIdentity({ name, api }: Leader): string {
  return `${name}_${api}`;
}

/** Who that is. Throws UsherError when it is none of usher's: `where` names the Lease. */
export function leaderFrom(identity: string, where: string): Leader {
  const [, name, api] = /^([^_]+)_(\S+:\d+)$/.exec(identity) ?? [];
  if (name !== undefined && api !== undefined) return { name, api };
  throw new UsherError(
    `${where} is held by "${identity}", which is no orchestrator of usher: nobody can lead until that lets go of it; ` +
      'what is it, and does it belong into this namespace?',
  );
}
