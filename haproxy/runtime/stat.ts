import type { RuntimeClient } from './client.ts';

/** The value in the column of this name; empty when there is none. */
export type StatRow = (column: string) => string;

/** HAProxy's numbers for what a row may be about. */
const kinds = { frontend: '1', servers: '4' } as const;

/** What `show stat` says of a frontend, or of a backend's servers. Throws RuntimeError. */
export async function readStat(
  client: RuntimeClient,
  proxy: string,
  kind: keyof typeof kinds,
): Promise<StatRow[]> {
  const command = ['show', 'stat', proxy, kinds[kind], '-1'];
  const answer = await client.ask([command]);
  const [head = '', ...rows] = answer.trim().split('\n');
  if (!head.startsWith('# pxname,')) throw client.failed('refused', [command], answer);
  const columns = head.slice(2).split(',');
  return rows.map((row) => {
    const cells = splitCsv(row);
    return (column) => cells[columns.indexOf(column)] ?? '';
  });
}

/** Cells of one line of HAProxy's CSV: a quoted cell may hold commas and doubled quotes. */
function splitCsv(row: string): string[] {
  return Array.from(row.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g), ([, quoted, plain]) =>
    quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'),
  );
}
