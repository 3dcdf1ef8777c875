import type { Operation, Placement } from '../table/table.ts';
import type { World } from '../world.ts';

/** The placements as the orchestrator's mirror has them. */
export function viewedPlacements(world: World): readonly (Placement | null)[] {
  return world.view?.placements ?? world.table.placements;
}

/** waitForAll: has the feed brought the operation's present phase to the orchestrator's mirror? */
export function knowsPhase({ view }: World, { id, phase }: Operation): boolean {
  return view === null || view.operations.some((known) => known.id === id && known.phase === phase);
}
