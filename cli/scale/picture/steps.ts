/** Where a column begins and ends, and where a value stands, in units of the picture. */
export interface Scale {
  x(column: number): number;
  y(value: number): number;
}

/** The area between two courses of values, a step for each column, as the data of an SVG path. */
export function areaBetween(low: readonly number[], high: readonly number[], { x, y }: Scale): string {
  const columns = high.map((_, index) => index);
  const there = course(
    columns,
    (at) => y(high[at] ?? 0),
    (at) => x(at + 1),
  );
  const back = course(columns.toReversed(), (at) => y(low[at] ?? 0), x);
  return `M${short(x(0))} ${there.start}${there.path}V${back.start}${back.path}Z`;
}

/** A course of values, a step for each column, as the data of an SVG path. */
export function lineOf(values: readonly number[], { x, y }: Scale): string {
  const line = course(
    [...values.keys()],
    (at) => y(values[at] ?? 0),
    (at) => x(at + 1),
  );
  return `M${short(x(0))} ${line.start}${line.path}`;
}

/** Goes to the end of each column; those of one height together, so that the file stays small. */
function course(columns: readonly number[], heightOf: (at: number) => number, endOf: (at: number) => number) {
  const heights = columns.map((at) => short(heightOf(at)));
  let path = '';
  for (const [index, at] of columns.entries()) {
    const next = heights[index + 1];
    if (next === heights[index]) continue;
    path += `H${short(endOf(at))}${next === undefined ? '' : `V${next}`}`;
  }
  return { start: heights[0] ?? '0', path };
}

/** To a tenth of a pixel. */
function short(value: number): string {
  return String(Math.round(value * 10) / 10);
}
