import Table from 'cli-table3';

const noBorders = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '',
};

/** What stands in a cell; null where nothing is known. */
export type Cell = string | number | boolean | null;

/** Aligned columns under a heading, as kubectl has them; every line ends in a newline. */
export function formatTable(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return columns([[...head], ...rows]);
}

/** Names and values in two columns. */
export function formatFields(fields: readonly (readonly [string, Cell])[]): string {
  return columns(fields.map(([name, value]) => [`${name}:`, value]));
}

function columns(rows: readonly (readonly Cell[])[]): string {
  const table = new Table({
    chars: noBorders,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 3 },
  });
  for (const row of rows) table.push(row.map(cellText));
  const lines = table.toString().split('\n');
  return lines.map((line) => `${line.trimEnd()}\n`).join('');
}

/** A line break within a cell would break the table for whoever reads it by lines. */
function cellText(cell: Cell): string {
  if (cell === null || cell === '') return '-';
  if (typeof cell === 'boolean') return cell ? 'yes' : 'no';
  return String(cell).replace(/\s+/g, ' ');
}
