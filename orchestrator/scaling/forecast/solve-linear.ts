/**
 * Solves equations, each with its right side last, by elimination with pivots; undefined when they are singular. The rows
 * are used up.
 */
export function solveLinear(rows: number[][]): number[] | undefined {
  const at = (row: number, column: number) => rows[row]?.[column] ?? 0;
  for (let pivot = 0; pivot < rows.length; pivot += 1) {
    for (let row = pivot + 1; row < rows.length; row += 1) {
      if (Math.abs(at(row, pivot)) > Math.abs(at(pivot, pivot))) swap(rows, row, pivot);
    }
    if (Math.abs(at(pivot, pivot)) < 1e-12) return undefined;
    for (let row = pivot + 1; row < rows.length; row += 1) {
      const factor = at(row, pivot) / at(pivot, pivot);
      rows[row] = (rows[row] ?? []).map((value, column) => value - factor * at(pivot, column));
    }
  }
  const solution: number[] = new Array(rows.length).fill(0);
  for (let row = rows.length - 1; row >= 0; row -= 1) {
    let left = at(row, rows.length);
    for (let column = row + 1; column < rows.length; column += 1)
      left -= at(row, column) * (solution[column] ?? 0);
    solution[row] = left / at(row, row);
  }
  return solution;
}

function swap(rows: number[][], one: number, other: number): void {
  [rows[one], rows[other]] = [rows[other] ?? [], rows[one] ?? []];
}
