/** A bridge that is there and may take conferences. */
export interface OpenCandidate {
  readonly name: string;
  readonly isOpen: boolean;
  /** As a share of what it should carry, with those who will still join its meetings. */
  readonly load: number;
  /** Of that, those who will still join. */
  readonly coming: number;
  /** How surely its meetings keep it anyway: see `holdOf`. */
  readonly hold: number;
}

/** From this share on a bridge takes nobody else: late joiners go elsewhere, where there are relays. */
const closeAt = 1;
/** Where room is short, bridges are filled up to this share before all take what comes. */
const fillAtMost = 0.9;
const fillStep = 0.02;
/** A bridge to which more than this is still coming is not drained: its late joiners would hold a second one. */
const settled = 0.001;

/**
 * Which bridges are open: just enough for `room`, those first that long meetings will hold anyway, so that the others
 * run empty. One that has been filled stays open for its own late joiners: new meetings go to emptier ones.
 *
 * @param room for what may come until others can be opened and have taken their part, in loads of a bridge
 * @param fillTo up to this share of its load a bridge counts as having room
 */
export function decideOpen(
  bridges: readonly OpenCandidate[],
  room: number,
  fillTo: number,
): { readonly open: ReadonlySet<string>; readonly reason: string } {
  const names = firstHeld(bridges, room, fillTo) ?? lessFull(bridges, room, fillTo);
  return {
    open: new Set(names),
    reason: `open ${names.length} of ${bridges.length}: room for ${room.toFixed(1)} bridges' load`,
  };
}

/** Undefined when not even all of them have room enough. */
function firstHeld(bridges: readonly OpenCandidate[], room: number, fillTo: number): string[] | undefined {
  const open: string[] = [];
  let left = room;
  for (const { name, isOpen, load, coming } of bridges.toSorted((a, b) => b.hold - a.hold)) {
    const free = fillTo - load;
    const isKept = isOpen && (free <= 0 ? load < closeAt : coming > settled);
    if (!isKept && (free <= 0 || left <= 0)) continue;
    open.push(name);
    left -= Math.max(0, free);
  }
  return left > 0 ? undefined : open;
}

/** Those below the lowest level at which there is room enough; all when there is none: a few would be overloaded. */
function lessFull(bridges: readonly OpenCandidate[], room: number, fillTo: number): string[] {
  for (let level = fillTo + fillStep; level <= fillAtMost; level += fillStep) {
    const below = bridges.filter(({ load }) => load < level);
    if (below.reduce((sum, { load }) => sum + level - load, 0) >= room) return below.map(({ name }) => name);
  }
  return bridges.map(({ name }) => name);
}
