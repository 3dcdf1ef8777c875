import type { Control } from '../control/control.ts';
import { NotYetError } from './not-yet-error.ts';
import { tableUnread } from './view-shards.ts';

type Kept = Pick<Control, 'election' | 'overlays' | 'shards'>;
type Fleet = Kept & Pick<Control, 'mirror'>;

/** Why nothing can be changed, nor seen but what stands in the table. */
export const nobodyLeads =
  'no orchestrator leads now: try again in some seconds; if that lasts, is the lock in reach: Redis, or in Kubernetes its API?';

/**
 * Why a list of shards would not be whole; undefined when it is. An empty one would be taken for an empty fleet. While
 * nobody leads, and while overlays cannot be read, the stick table alone tells of shards.
 */
export function whyFleetUnknown(control: Fleet): string | undefined {
  if (!control.mirror()) return tableUnread;
  return control.election.leads() && control.overlays !== 'unreadable' ? whyUnkept(control) : undefined;
}

/** Before a list of shards. Throws NotYetError when it would not be whole. */
export function assertFleetKnown(control: Fleet): void {
  const why = whyFleetUnknown(control);
  if (why !== undefined) throw new NotYetError(why);
}

/** Before what only a leader knows of shards, such as their bridges. Throws NotYetError when it does not know all. */
export function assertShardsKept(control: Kept): void {
  const why = control.election.leads() ? whyUnkept(control) : nobodyLeads;
  if (why !== undefined) throw new NotYetError(why);
}

function whyUnkept({ overlays, shards }: Pick<Control, 'overlays' | 'shards'>): string | undefined {
  if (overlays === 'unreadable') return 'the shards’ overlays cannot be read; `usher events` says why';
  const begun = 'this orchestrator has just begun to lead, and has not';
  if (overlays === 'unread') return `${begun} read the overlays yet: try again in some seconds`;
  const sought = [...shards].flatMap(([name, { isLookedFor }]) => (isLookedFor ? [] : [name]));
  return sought.length === 0
    ? undefined
    : `${begun} looked for ${sought.join(', ')} yet: try again in some seconds`;
}
