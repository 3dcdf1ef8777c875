/** A bridge that is there and may take conferences. */
export interface OpenCandidate {
  readonly name: string;
  readonly isOpen: boolean;
  /** As a share of what it should carry. */
  readonly load: number;
  /** How surely its meetings keep it anyway: see `holdOf`. */
  readonly hold: number;
}

export interface OpenOptions {
  /** Up to this share of its load a bridge counts as having room. */
  readonly fillTo: number;
  /** From this share on it takes nobody else: late joiners go elsewhere, where there are relays. */
  readonly closeAt: number;
}

/**
 * Which bridges are open: just enough for `room`, those first that long meetings will hold anyway, so that the others
 * run empty. One that has been filled stays open for its own late joiners: new meetings go to emptier ones.
 *
 * @param room for what may come before the next decision, in loads of a bridge
 */
export function decideOpen(
  bridges: readonly OpenCandidate[],
  room: number,
  { fillTo, closeAt }: OpenOptions,
): { readonly open: ReadonlySet<string>; readonly reason: string } {
  const open = new Set<string>();
  let left = room;
  for (const { name, isOpen, load } of bridges.toSorted((a, b) => b.hold - a.hold)) {
    const free = fillTo - load;
    if (free <= 0) {
      if (isOpen && load < closeAt) open.add(name);
    } else if (left > 0) {
      open.add(name);
      left -= free;
    }
  }
  // With too little room all share what comes, the full ones too: a few would be overloaded by it.
  if (left > 0) for (const { name } of bridges) open.add(name);
  return {
    open,
    reason: `open ${open.size} of ${bridges.length}: room for ${room.toFixed(1)} bridges' load`,
  };
}
