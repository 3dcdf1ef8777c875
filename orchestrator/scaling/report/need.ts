/** Bridges are filled up to this by a forecast, and one more is in reserve (scaling.md). */
const fill = 0.9;
const reserve = 1;

/** So many steps before its time a bridge may have to start, and so many after it its meetings may hold it. */
const stepsAhead = 6;
const stepsAfter = 12;

/** Bridges that a load asks for, given in loads of a bridge. One stays when there is none. */
export function bridgesFor(load: number): number {
  return load > 0 ? Math.ceil(load / fill) + reserve : 1;
}

/**
 * Bridges that each step asks for: by the highest load from an hour before to half an hour after it, since a bridge
 * starts ahead of the load and stays for its meetings. Undefined where the load of the step itself is not known.
 */
export function neededBridges(loads: readonly (number | undefined)[]): (number | undefined)[] {
  return loads.map((load, index) => {
    if (load === undefined) return undefined;
    const near = loads.slice(Math.max(0, index - stepsAfter), index + stepsAhead + 1);
    return bridgesFor(Math.max(...near.map((one) => one ?? 0)));
  });
}
